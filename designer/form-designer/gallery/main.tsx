import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/es/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { FormDefinition } from '../../../contracts/form-definition.ts'
import { theme } from '../../../web/theme/theme.ts'
import { forms, resources } from '../../form-runtime/gallery/shipped.ts'
import { FormDesigner } from '../index.ts'
import '../../../web/theme/base.css'

dayjs.locale('zh-cn')
const key = new URLSearchParams(location.search).get('form') ?? 'hazardRecord'
const published = forms.find((form) => form.key === key) ?? (forms[0] as FormDefinition)
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
        <App>
          <div style={{ height: '100vh' }}>
            <FormDesigner
              edit={{
                published,
                draft: null,
                versions: [{ version: 1, publishedAt: 0, by: '', note: '随系统提供' }],
                fieldsReadByProcedures: ['level', 'dueDate'],
                revision: 0,
                draftSavedAt: null,
                draftSavedBy: null,
                resources,
              }}
              onSave={async (draft) => ({ revision: draft.revision + 1, savedAt: Date.now() })}
              onPublish={async () => undefined}
              onDiscard={() => location.reload()}
              onReload={() => location.reload()}
              onBack={() => history.back()}
            />
          </div>
        </App>
      </ConfigProvider>
    </StrictMode>,
  )
}
