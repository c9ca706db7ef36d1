import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import enUS from 'antd/es/locale/en_US'
import zhCN from 'antd/es/locale/zh_CN'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { BrowserRouter } from 'react-router'
import { queryClient } from './api/query-client.ts'
import { Messages } from './parts/Messages.tsx'
import { PageBoundary } from './parts/PageBoundary.tsx'
import { SiteRoutes } from './routes.tsx'
import { useIsPhone } from './shell/use-is-phone.ts'
import { useMediaQuery } from './shell/use-media-query.ts'
import { phoneTheme, theme } from './theme/theme.ts'

export function App() {
  const { i18n } = useTranslation()
  const phone = useIsPhone()
  const still = useMediaQuery('(prefers-reduced-motion: reduce)')
  const chosen = phone ? phoneTheme : theme
  const english = i18n.language === 'en-US'
  return (
    <ConfigProvider
      theme={still ? { ...chosen, token: { ...chosen.token, motion: false } } : chosen}
      locale={english ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      modal={{ mask: { blur: false } }}
    >
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <PageBoundary>
            <Suspense fallback={null}>
              <SiteRoutes />
            </Suspense>
          </PageBoundary>
        </BrowserRouter>
      </QueryClientProvider>
      <Messages />
    </ConfigProvider>
  )
}
