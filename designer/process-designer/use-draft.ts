import { useCallback, useEffect, useRef, useState } from 'react'
import type { ProcedureFinding } from '../../contracts/api/admin.ts'

export type Saving = { kind: 'clean' } | { kind: 'saving' } | { kind: 'saved'; at: number } | { kind: 'failed' }

export interface DraftIO {
  read(): Promise<string>
  save(xml: string, slots: Record<string, unknown>): Promise<void>
  check(xml: string, slots: Record<string, unknown>): Promise<readonly ProcedureFinding[]>
}

const QUIET_MS = 800

/** Saves the draft and checks it once edits have been quiet for a moment. `findings` is null until the first answer. */
export function useDraft(io: DraftIO, slots: Record<string, unknown>, revision: number, ready: boolean) {
  const [saving, setSaving] = useState<Saving>({ kind: 'clean' })
  const [findings, setFindings] = useState<readonly ProcedureFinding[] | null>(null)
  const [checkFailed, setCheckFailed] = useState(false)
  const latest = useRef(0)
  const current = useRef({ io, slots })
  current.current = { io, slots }

  const run = useCallback(async (store: boolean) => {
    const mine = ++latest.current
    const { io: draft, slots: values } = current.current
    const xml = await draft.read()
    if (store) {
      setSaving({ kind: 'saving' })
      try {
        await draft.save(xml, values)
        if (mine === latest.current) setSaving({ kind: 'saved', at: Date.now() })
      } catch {
        if (mine === latest.current) setSaving({ kind: 'failed' })
        return
      }
    }
    try {
      const found = await draft.check(xml, values)
      if (mine !== latest.current) return
      setFindings(found)
      setCheckFailed(false)
    } catch {
      if (mine === latest.current) setCheckFailed(true)
    }
  }, [])

  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: revision and slots are what starts the timer anew
  useEffect(() => {
    if (!ready) return
    const isFirst = first.current
    first.current = false
    const timer = setTimeout(() => void run(!isFirst), isFirst ? 0 : QUIET_MS)
    return () => clearTimeout(timer)
  }, [ready, revision, slots, run])

  return { saving, findings, checkFailed, saveNow: () => run(true) }
}
