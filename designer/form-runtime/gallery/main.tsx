import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/es/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { theme } from '../../../web/theme/theme.ts'
import { Gallery } from './Gallery.tsx'
import '../../../web/theme/base.css'
import './gallery.css'

dayjs.locale('zh-cn')
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
        <App>
          <Gallery />
        </App>
      </ConfigProvider>
    </StrictMode>,
  )
}
