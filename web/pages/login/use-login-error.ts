import { useTranslation } from 'react-i18next'
import { RequestError } from '../../api/request.ts'
import { useErrorText } from '../../parts/use-error-text.ts'
import { wallTime } from '../../words/dates.ts'

/** The same words for a wrong password and an unknown account, with the tries that are left. */
export function useLoginError(error: unknown): string | null {
  const { t } = useTranslation()
  const errorText = useErrorText()
  if (!error) return null
  if (!(error instanceof RequestError) || (error.status !== 401 && error.status !== 423 && error.status !== 429)) return errorText(error)
  const data = error.problem?.data ?? {}
  if (typeof data.lockedUntil === 'number') return t('login.locked', { time: wallTime(data.lockedUntil).time })
  if (typeof data.remaining === 'number') return t('login.refusedWithTries', { count: data.remaining })
  return error.status === 401 ? t('login.refused') : errorText(error)
}
