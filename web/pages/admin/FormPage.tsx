import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { FormEdit } from '../../../contracts/api/admin.ts'
import { FormDesigner } from '../../../designer/form-designer/index.ts'
import { change, get } from '../../api/request.ts'
import { message } from '../../parts/messages.ts'
import { QueryView } from '../../parts/QueryView.tsx'
import { useErrorText } from '../../parts/use-error-text.ts'
import './admin.css'

interface DesignerProps {
  formKey: string
  edit: FormEdit
}

function Designer({ formKey, edit }: DesignerProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const errorText = useErrorText()
  const path = `/admin/forms/${encodeURIComponent(formKey)}`
  const reload = () => client.invalidateQueries({ queryKey: ['form', formKey] })
  const handlePublish = async (note: string, revision: number) => {
    try {
      await change('POST', `${path}/publish`, { note, revision })
    } catch (error) {
      throw new Error(errorText(error))
    }
    message.success(t('admin.formPublished'))
    await client.invalidateQueries({ queryKey: ['forms'] })
    await reload()
  }
  const handleDiscard = async () => {
    try {
      await change('DELETE', `${path}/draft`)
      await reload()
    } catch (error) {
      message.error(errorText(error))
    }
  }
  return (
    <FormDesigner
      edit={edit}
      onSave={({ title, schema, revision }) => change('PUT', `${path}/draft`, { title, schema, revision })}
      onPublish={handlePublish}
      onDiscard={() => void handleDiscard()}
      onReload={() => void reload()}
      onBack={() => void navigate('/admin/forms')}
    />
  )
}

export function Page() {
  const { key = '' } = useParams()
  const query = useQuery({
    queryKey: ['form', key],
    queryFn: ({ signal }) => get<FormEdit>(`/admin/forms/${encodeURIComponent(key)}`, signal),
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <div className="designer-page">
      <QueryView query={query}>{(edit) => <Designer key={`${key}-${query.dataUpdatedAt}`} formKey={key} edit={edit} />}</QueryView>
    </div>
  )
}
