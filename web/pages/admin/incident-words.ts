import { useTranslation } from 'react-i18next'
import type { Operations } from '../../../contracts/api/admin.ts'

export type Incident = Operations['incidents'][number]

/** What happened, and what to do about it, in words for somebody who is no programmer. */
export function useIncidentWords({ type, message }: Incident): { title: string; explanation: string } {
  const { t, i18n } = useTranslation()
  // The message of these two begins with the call or the event: `tasks.complete: …`.
  const what = type === 'failedCall' || type === 'failedEvent' ? (/^([\w.-]+):/.exec(message)?.[1] ?? '').replace('.', '-') : ''
  const known = (area: string) => [`operations.${area}.${type}-${what}`, `operations.${area}.${type}`].find((key) => i18n.exists(key))
  const title = known('incident')
  const explanation = known('explain')
  return { title: title ? t(title) : t('operations.incidentOther'), explanation: explanation ? t(explanation) : message }
}
