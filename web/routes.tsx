import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { RouteError } from './parts/RouteError.tsx'
import { RequireSession } from './session/RequireSession.tsx'

/** While a chunk is on its way, the page before stays; there is nothing else to show. */
const Nothing = () => null

/** A page comes with its own chunk. */
const page = (path: string, load: () => Promise<{ Page: React.ComponentType }>): RouteObject => ({
  path,
  lazy: async () => ({ Component: (await load()).Page }),
  HydrateFallback: Nothing,
})

export const router = createBrowserRouter([
  {
    ErrorBoundary: RouteError,
    HydrateFallback: Nothing,
    children: [
      page('/login', () => import('./pages/login/LoginPage.tsx')),
      {
        element: <RequireSession />,
        children: [
          {
            ErrorBoundary: RouteError,
            children: [
              { index: true, element: <Navigate to="/inbox" replace /> },
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
              page('/admin/forms/:key', () => import('./pages/admin/FormPage.tsx')),
              page('/admin/settings', () => import('./pages/admin/SettingsPage.tsx')),
              page('/admin/operations', () => import('./pages/admin/OperationsPage.tsx')),
              page('*', () => import('./pages/not-found/NotFoundPage.tsx')),
            ],
          },
        ],
      },
    ],
  },
])
