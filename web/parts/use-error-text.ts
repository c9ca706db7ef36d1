import { useTranslation } from 'react-i18next'
import { RequestError } from '../api/request.ts'

/** What a refusal says to a person: the words of its code, else what the server wrote, else that it failed. */
export function useErrorText() {
  const { t, i18n } = useTranslation()
  return (error: unknown): string => {
    if (!(error instanceof RequestError)) return t('errors.unknown')
    const key = `errors.${error.code}`
    if (i18n.exists(key)) return t(key, error.problem?.data ?? {})
    const said = error.problem?.detail ?? error.problem?.title
    return said ?? t('errors.unknown')
  }
}
