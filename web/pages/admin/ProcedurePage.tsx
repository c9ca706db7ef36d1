import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { ProcedureEdit, ProcedureFindings } from '../../../contracts/api/admin.ts'
import { ProcessDesigner } from '../../../designer/process-designer/index.ts'
import { change, get } from '../../api/request.ts'
import { message } from '../../parts/messages.ts'
import { QueryView } from '../../parts/QueryView.tsx'
import { useErrorText } from '../../parts/use-error-text.ts'
import './admin.css'

interface DesignerProps {
  procedure: ProcedureEdit
}

function Designer({ procedure }: DesignerProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const errorText = useErrorText()
  const path = `/admin/procedures/${encodeURIComponent(procedure.id)}`
  const handlePublish = async (note: string) => {
    try {
      await change('POST', `${path}/publish`, { note })
    } catch (error) {
      throw new Error(errorText(error))
    }
    message.success(t('admin.procedurePublished'))
    await client.invalidateQueries({ queryKey: ['procedures'] })
    await client.invalidateQueries({ queryKey: ['procedure', procedure.id] })
  }
  return (
    <ProcessDesigner
      procedure={procedure}
      onBack={() => void navigate('/admin/procedures')}
      onSaveDraft={async (xml, slots) => void (await change('PUT', `${path}/draft`, { xml, slots }))}
      onCheck={async (xml, slots) => (await change<ProcedureFindings>('POST', `${path}/check`, { xml, slots })).findings}
      onPublish={handlePublish}
    />
  )
}

export function Page() {
  const { id = '' } = useParams()
  const query = useQuery({
    queryKey: ['procedure', id],
    queryFn: ({ signal }) => get<ProcedureEdit>(`/admin/procedures/${encodeURIComponent(id)}`, signal),
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <div className="designer-page">
      <QueryView query={query}>{(procedure) => <Designer key={`${procedure.id}-${procedure.version}`} procedure={procedure} />}</QueryView>
    </div>
  )
}
