import { ArrowLeftOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { Started, StartForm } from '../../../contracts/api/start.ts'
import { type FormHandle, FormView } from '../../../designer/form-runtime/index.ts'
import { change, get, RequestError } from '../../api/request.ts'
import { newRequestId } from '../../api/request-id.ts'
import { countyWallTime } from '../../clock/county-clock.ts'
import { SavedNote } from '../../forms/SavedNote.tsx'
import { useDraft } from '../../forms/use-draft.ts'
import { useFormSources } from '../../forms/use-form-sources.ts'
import { message } from '../../parts/messages.ts'
import { QueryView } from '../../parts/QueryView.tsx'
import { useErrorText } from '../../parts/use-error-text.ts'
import { PhonePage } from '../../shell/PhonePage.tsx'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import { useOnline } from '../../shell/use-online.ts'
import { StartedView } from './StartedView.tsx'
import './start.css'

interface FormPageProps {
  start: StartForm
}

function Ahead({ start }: FormPageProps) {
  const { t } = useTranslation()
  if (start.ahead.length === 0) return null
  return (
    <section className="card start-ahead" aria-labelledby="ahead-title">
      <h2 id="ahead-title">{t('start.after')}</h2>
      <ol>
        {start.ahead.map((step) => (
          <li key={step.nodeName}>
            <b>{step.nodeName}</b>
            <span className="muted">{step.who}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function FormPage({ start }: FormPageProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const errorText = useErrorText()
  const phone = useIsPhone()
  const online = useOnline()
  const view = useRef<FormHandle>(null)
  const requestId = useRef(newRequestId())
  const [done, setDone] = useState<Started | null>(null)
  const path = `/start/${encodeURIComponent(start.procedureId)}`
  const { kept, saving, save, drop } = useDraft(`${path}/draft`)
  const sources = useFormSources(start.form)
  const [context] = useState(() => ({ now: countyWallTime() }))
  const send = useMutation({
    mutationFn: (form: Record<string, unknown>) =>
      change<Started>('POST', path, { requestId: requestId.current, form, outcome: start.outcome.code }),
    onSuccess: (started) => {
      drop()
      setDone(started)
      for (const key of ['inbox', 'ledger']) void client.invalidateQueries({ queryKey: [key] })
      // Only the list: the form itself stays as it was sent until another one is begun.
      void client.invalidateQueries({ queryKey: ['start'], exact: true })
    },
    onError: (error) => {
      const fields = error instanceof RequestError ? (error.problem?.errors ?? []) : []
      // An answer of the server ends the request; only a lost one is sent again under the same id.
      if (error instanceof RequestError && error.status > 0) requestId.current = newRequestId()
      if (fields.length > 0) view.current?.showErrors(fields)
      else message.error(errorText(error), 6)
    },
  })
  const handleSend = () => {
    const values = view.current?.check({ outcome: start.outcome.code })
    if (values) send.mutate({ ...values })
  }
  if (done)
    return (
      <StartedView
        started={done}
        procedureName={start.procedureName}
        onAnother={() => void client.invalidateQueries({ queryKey: ['start', start.procedureId] })}
      />
    )
  const form = (
    <FormView
      handle={view}
      definition={start.form}
      values={kept ?? start.form.values}
      permissions={start.form.permissions}
      mode="fill"
      withDefaults
      sources={sources}
      context={context}
      onChange={(values) => save({ ...values })}
      onSubmit={(values) => send.mutate({ ...values })}
      submitText={start.outcome.button}
      {...(start.ahead[0] ? { submitHint: t('start.next', { node: start.ahead[0].nodeName, who: start.ahead[0].who }) } : {})}
      busy={send.isPending}
      desktopActions={false}
    />
  )
  if (phone)
    return (
      <PhonePage title={start.procedureName} sub={start.nodeName} back="/start" action={<SavedNote saving={saving} />}>
        {form}
      </PhonePage>
    )
  return (
    <div className="page">
      <div className="page-head">
        <Button type="text" icon={<ArrowLeftOutlined />} aria-label={t('start.toStart')} onClick={() => navigate('/start')} />
        <h1>{start.procedureName}</h1>
        <span className="muted">{start.nodeName}</span>
        <span className="grow" />
        <SavedNote saving={saving} />
      </div>
      <div className="start-form">
        <section className="card start-form-main" aria-label={start.form.title}>
          {form}
        </section>
        <aside aria-label={t('start.after')}>
          <Ahead start={start} />
          <Button type="primary" size="large" block loading={send.isPending} disabled={!online} onClick={handleSend}>
            {start.outcome.button}
          </Button>
          {!online && <p className="muted">{t('start.offline')}</p>}
        </aside>
      </div>
    </div>
  )
}

export function Page() {
  const { procedure = '' } = useParams()
  const phone = useIsPhone()
  const query = useQuery({
    queryKey: ['start', procedure],
    queryFn: ({ signal }) => get<StartForm>(`/start/${encodeURIComponent(procedure)}`, signal),
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (!query.data && phone)
    return (
      <PhonePage title="" back="/start">
        <QueryView query={query}>{() => null}</QueryView>
      </PhonePage>
    )
  return <QueryView query={query}>{(start) => <FormPage key={query.dataUpdatedAt} start={start} />}</QueryView>
}
