import { useState } from 'react'
import { useLocation } from 'react-router'
import { Header } from './Header.tsx'
import { OfflineStrip } from './OfflineStrip.tsx'
import { PagePlace } from './PagePlace.tsx'
import { SideNav } from './SideNav.tsx'

type Fold = 'wide' | 'narrow' | null
const remembered = (): Fold => localStorage.getItem('sider') as Fold
/** Pages with panes of their own need the width; there the navigation is folded unless somebody unfolded it. */
const needsWidth = (path: string) => /^\/(inbox|reports\/|ledgers\/|admin\/(procedures|forms)\/)/.test(path)
const bringsOwnHeader = (path: string) => /^\/admin\/(procedures|forms)\/[^/]+$/.test(path)

/** Header, side navigation and the page; a designer brings a header of its own. */
export function DesktopFrame() {
  const { pathname } = useLocation()
  const [fold, setFold] = useState<Fold>(remembered)
  const handleFold = (folded: boolean) => {
    const next = folded ? 'narrow' : 'wide'
    localStorage.setItem('sider', next)
    setFold(next)
  }
  const folded = fold ? fold === 'narrow' : needsWidth(pathname)
  if (bringsOwnHeader(pathname)) {
    return (
      <div className="shell shell-designer">
        <SideNav folded onFold={handleFold} />
        <main id="main" className="shell-main">
          <PagePlace />
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
        <PagePlace />
      </main>
    </div>
  )
}
