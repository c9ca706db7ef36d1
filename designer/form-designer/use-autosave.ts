import { useCallback, useEffect, useRef, useState } from 'react'
import type { Design } from './model/commands.ts'

export type SaveState =
  | { kind: 'saved'; at: number | null }
  | { kind: 'saving' }
  | { kind: 'failed' }
  | { kind: 'conflict' }
  | { kind: 'unsaved' }

export type SaveDraft = (draft: Design & { revision: number }) => Promise<{ revision: number; savedAt: number }>

const WAIT_MS = 2500

/**
 * Saves the draft a few seconds after the last edit, one save after the other. An error whose `code` is `conflict` stops it: somebody
 * else has saved meanwhile, and nothing is overwritten.
 */
export function useAutosave(
  design: Design,
  start: { revision: number; savedAt: number | null },
  save: SaveDraft,
): { state: SaveState; revision: number; saveNow(): Promise<number | null> } {
  const [state, setState] = useState<SaveState>({ kind: 'saved', at: start.savedAt })
  const [revision, setRevision] = useState(start.revision)
  const current = useRef({ design, saved: design, revision: start.revision, running: null as Promise<number | null> | null })
  current.current.design = design
  const send = useRef(save)
  send.current = save

  const saveNow = useCallback((): Promise<number | null> => {
    const box = current.current
    if (box.running) return box.running.then(() => (box.saved === box.design ? box.revision : saveNow()))
    if (box.saved === box.design) return Promise.resolve(box.revision)
    const sent = box.design
    setState({ kind: 'saving' })
    box.running = send
      .current({ ...sent, revision: box.revision })
      .then(({ revision: next, savedAt }) => {
        box.saved = sent
        box.revision = next
        setRevision(next)
        setState(box.design === sent ? { kind: 'saved', at: savedAt } : { kind: 'unsaved' })
        return next
      })
      .catch((error: unknown) => {
        setState({ kind: (error as { code?: unknown } | null)?.code === 'conflict' ? 'conflict' : 'failed' })
        return null
      })
      .finally(() => {
        box.running = null
      })
    return box.running
  }, [])

  useEffect(() => {
    if (current.current.saved === design) return undefined
    setState((before) => (before.kind === 'conflict' ? before : { kind: 'unsaved' }))
    const timer = setTimeout(() => void saveNow(), WAIT_MS)
    return () => clearTimeout(timer)
  }, [design, saveNow])
  return { state, revision, saveNow }
}
