import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { change } from '../../api/request.ts'
import { message } from '../../parts/messages.ts'
import { useErrorText } from '../../parts/use-error-text.ts'

/** Tries incidents again, one after another: each says for itself why it failed once more. */
export function useRetryIncidents() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const errorText = useErrorText()
  return useMutation({
    async mutationFn(ids: readonly string[]) {
      const refusals: unknown[] = []
      for (const id of ids)
        await change('POST', `/admin/operations/incidents/${encodeURIComponent(id)}/retry`, {}).catch((error: unknown) => {
          refusals.push(error)
        })
      return { tried: ids.length, refusals }
    },
    onSuccess({ tried, refusals }) {
      const [first] = refusals
      if (first === undefined) message.success(t('operations.retried'))
      else if (tried === 1) message.error(errorText(first))
      else message.warning(t('operations.retriedSome', { done: tried - refusals.length, count: refusals.length }))
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['operations'] }),
  })
}
