import { useState } from 'react'
import { Outlet, useLocation } from 'react-router'
import { useServerEvents } from '../session/use-server-events.ts'
import { Header } from './Header.tsx'
import { OfflineStrip } from './OfflineStrip.tsx'
import { SideNav } from './SideNav.tsx'
import './shell.css'
import { useIsPhone } from './use-is-phone.ts'

type Fold = 'wide' | 'narrow' | null
const remembered = (): Fold => localStorage.getItem('sider') as Fold
/** Pages with panes of their own need the width; there the navigation is folded unless somebody unfolded it. */
const needsWidth = (path: string) => /^\/(inbox|reports\/|ledgers\/|admin\/(procedures|forms)\/)/.test(path)
const bringsOwnHeader = (path: string) => /^\/admin\/(procedures|forms)\/[^/]+$/.test(path)

/** Frame of every page behind the login: header and side navigation, or on a phone only the page with its tabs. */
export function Shell() {
  useServerEvents()
  const phone = useIsPhone()
  const { pathname } = useLocation()
  const [fold, setFold] = useState<Fold>(remembered)
  const handleFold = (folded: boolean) => {
    const next = folded ? 'narrow' : 'wide'
    localStorage.setItem('sider', next)
    setFold(next)
  }
  if (phone) {
    return (
      <div className="is-phone">
        <OfflineStrip />
        <Outlet />
      </div>
    )
  }
  const folded = fold ? fold === 'narrow' : needsWidth(pathname)
  if (bringsOwnHeader(pathname)) {
    return (
      <div className="shell shell-designer">
        <SideNav folded onFold={handleFold} />
        <main id="main" className="shell-main">
          <Outlet />
        </main>
      </div>
    )
  }
  return (
    <div className="shell">
      <Header />
      <SideNav folded={folded} onFold={handleFold} />
      <main id="main" className="shell-main" tabIndex={-1}>
        <OfflineStrip />
        <Outlet />
      </main>
    </div>
  )
}
