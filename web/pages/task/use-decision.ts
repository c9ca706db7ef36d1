import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Decided, TaskPage } from '../../../contracts/api/inbox.ts'
import type { OutcomeSetting } from '../../../contracts/bpmn-extension.ts'
import { change, RequestError } from '../../api/request.ts'
import { newRequestId } from '../../api/request-id.ts'
import { message } from '../../parts/messages.ts'
import { useErrorText } from '../../parts/use-error-text.ts'

export interface Signed {
  image: string
  strokes: number
}

export interface FieldError {
  field: string
  code: string
  message: string
}

type Open = { kind: 'decide'; outcome: OutcomeSetting } | { kind: 'return' } | null

interface Sent {
  outcome?: OutcomeSetting
  opinion?: string
  signature?: Signed | null
  target?: string
  fields?: string[]
}

interface DecisionDeps {
  page: TaskPage
  /** What this seat has filled in; null stops the decision, the form has already said why. */
  collect: (outcome: OutcomeSetting) => Promise<Record<string, unknown> | null>
  onFieldErrors: (errors: FieldError[]) => void
  /** An entry was saved and the seat stays open: the form starts anew. */
  onStayed: () => void
}

/** From the button to the next item: opens the dialog, sends once, says what happened, goes on. */
export function useDecision({ page, collect, onFieldErrors, onStayed }: DecisionDeps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [open, setOpen] = useState<Open>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const requestId = useRef(newRequestId())
  const form = useRef<Record<string, unknown>>({})

  const send = useMutation({
    mutationFn: ({ outcome, opinion, signature, target, fields }: Sent) => {
      const path = `/seats/${encodeURIComponent(page.seatId)}`
      if (!outcome)
        return change<Decided>('POST', `${path}/return`, { requestId: requestId.current, target, reason: opinion, fields: fields ?? [] })
      return change<Decided>('POST', `${path}/decide`, {
        requestId: requestId.current,
        outcome: outcome.code,
        form: form.current,
        opinion: opinion ?? '',
        ...(signature ? { signature } : {}),
      })
    },
    onSuccess: (decided, { outcome }) => {
      setOpen(null)
      message.success(decided.sentence, 6)
      for (const key of ['inbox', 'record', 'report', 'ledger']) void client.invalidateQueries({ queryKey: [key] })
      if (outcome?.stays) {
        void client.invalidateQueries({ queryKey: ['seat', page.seatId] })
        onStayed()
        return
      }
      client.removeQueries({ queryKey: ['seat', page.seatId] })
      void navigate(decided.nextSeatId ? `/inbox/${encodeURIComponent(decided.nextSeatId)}` : '/inbox', { replace: true })
    },
    onError: (error) => {
      const fields = error instanceof RequestError ? (error.problem?.errors ?? []) : []
      if (fields.length > 0) {
        setOpen(null)
        onFieldErrors(fields)
        return
      }
      setRefusal(errorText(error))
      if (!open) message.error(errorText(error))
      if (error instanceof RequestError && error.status === 409) void client.invalidateQueries({ queryKey: ['seat', page.seatId] })
    },
  })

  const start = async (outcome: OutcomeSetting) => {
    const blocked = page.blocked.find((one) => one.outcome === outcome.code || one.outcome === '*')
    if (blocked) {
      message.warning(blocked.reason)
      return
    }
    const collected = await collect(outcome)
    if (!collected) return
    form.current = collected
    requestId.current = newRequestId()
    setRefusal(null)
    if (outcome.opinion === 'none' && !outcome.signature) send.mutate({ outcome })
    else setOpen({ kind: 'decide', outcome })
  }
  const startReturn = () => {
    requestId.current = newRequestId()
    setRefusal(null)
    setOpen({ kind: 'return' })
  }
  const primary = page.outcomes.find((outcome) => outcome.kind === 'approve') ?? page.outcomes[0] ?? null
  return {
    open,
    refusal,
    sending: send.isPending,
    primary,
    others: page.outcomes.filter((outcome) => outcome !== primary),
    start,
    startReturn,
    close: () => setOpen(null),
    send: send.mutate,
    hint:
      page.blocked.length > 0
        ? (page.blocked[0]?.reason ?? '')
        : primary?.signature
          ? t('task.thenSign')
          : primary?.opinion === 'none'
            ? ''
            : t('task.thenOpinion'),
  }
}

export type Decision = ReturnType<typeof useDecision>
