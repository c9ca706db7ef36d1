import { type ComponentType, lazy } from 'react'
import { matchPath, Navigate, Route, Routes } from 'react-router'
import { RequireSession } from './session/RequireSession.tsx'

/** A page comes with its own chunk. */
const page = (path: string, load: () => Promise<{ Page: ComponentType }>) => {
  const Page = lazy(async () => ({ default: (await load()).Page }))
  return { path, load, element: <Page /> }
}

const login = page('/login', () => import('./pages/login/LoginPage.tsx'))
const pages = [
  page('/inbox', () => import('./pages/inbox/InboxPage.tsx')),
  page('/inbox/:seat', () => import('./pages/task/TaskRoute.tsx')),
  page('/start', () => import('./pages/start/StartPage.tsx')),
  page('/start/:procedure', () => import('./pages/start/StartFormPage.tsx')),
  page('/record/:number', () => import('./pages/record/RecordPage.tsx')),
  page('/ledgers', () => import('./pages/ledgers/LedgersPage.tsx')),
  page('/ledgers/:id', () => import('./pages/ledgers/LedgerPage.tsx')),
  page('/reports', () => import('./pages/reports/ReportsPage.tsx')),
  page('/reports/:id', () => import('./pages/reports/ReportPage.tsx')),
  page('/me', () => import('./pages/me/MePage.tsx')),
  page('/admin/procedures', () => import('./pages/admin/ProceduresPage.tsx')),
  page('/admin/procedures/:id', () => import('./pages/admin/ProcedurePage.tsx')),
  page('/admin/forms', () => import('./pages/admin/FormsPage.tsx')),
  page('/admin/forms/:key', () => import('./pages/admin/FormPage.tsx')),
  page('/admin/settings', () => import('./pages/admin/SettingsPage.tsx')),
  page('/admin/operations', () => import('./pages/admin/OperationsPage.tsx')),
  page('*', () => import('./pages/not-found/NotFoundPage.tsx')),
]

/** Begins to fetch the page of an address before anybody has drawn it: it need not wait for the session. */
export function fetchPage(pathname: string): void {
  const wanted = [login, ...pages].find(({ path }) => matchPath(path, pathname))
  void wanted?.load().catch(() => undefined)
}

/** Declared, not given to a data router: loaders, actions and fetchers would be 15 KB that no page uses. */
export const SiteRoutes = () => (
  <Routes>
    <Route path={login.path} element={login.element} />
    <Route element={<RequireSession />}>
      <Route index element={<Navigate to="/inbox" replace />} />
      {pages.map(({ path, element }) => (
        <Route key={path} path={path} element={element} />
      ))}
    </Route>
  </Routes>
)
