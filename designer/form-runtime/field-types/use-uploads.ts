import { useEffect, useRef, useState } from 'react'
import { useSurroundings } from '../model/form-context.ts'
import type { StoredFile } from '../sources.ts'

/** A file on its way: it is retried alone and never blocks the form. */
export interface Upload {
  readonly clientId: string
  readonly name: string
  readonly url: string
  readonly state: 'sending' | 'failed'
}

interface Waiting extends Upload {
  readonly file: Blob
  readonly takenAt: number
  readonly notOnSite: boolean
}

let counter = 0

/** Ids of one page's uploads; the server takes the same id twice for the same file. */
function newClientId(): string {
  return typeof crypto?.randomUUID === 'function' ? crypto.randomUUID() : `upload-${++counter}-${performance.now()}`
}

/** Sends files one by one; `onStored` is called for each that arrived. */
export function useUploads(onStored: (file: StoredFile) => void): {
  uploads: readonly Upload[]
  add(file: Blob, name: string, notOnSite: boolean): void
  retry(clientId: string): void
  drop(clientId: string): void
  urlOf(file: StoredFile): string | undefined
} {
  const { sources } = useSurroundings()
  const [waiting, setWaiting] = useState<readonly Waiting[]>([])
  const stored = useRef(onStored)
  stored.current = onStored
  const local = useRef(new Map<string, string>())
  useEffect(() => {
    const urls = local.current
    return () => {
      for (const url of urls.values()) URL.revokeObjectURL(url)
    }
  }, [])

  const send = (item: Waiting) => {
    const done = (file: StoredFile) => {
      local.current.set(file.id, item.url)
      setWaiting((all) => all.filter((each) => each.clientId !== item.clientId))
      stored.current(item.notOnSite ? { ...file, notOnSite: true } : file)
    }
    // Without an uploader (preview of the designer) the file stays in the page.
    if (!sources.upload)
      return done({
        id: item.clientId,
        name: item.name,
        mime: item.file.type || 'application/octet-stream',
        size: item.file.size,
        takenAt: item.takenAt,
      })
    setWaiting((all) => [...all.filter((each) => each.clientId !== item.clientId), { ...item, state: 'sending' }])
    sources
      .upload(item.file, { name: item.name, clientId: item.clientId, takenAt: item.takenAt })
      .then(done)
      .catch(() => setWaiting((all) => all.map((each) => (each.clientId === item.clientId ? { ...each, state: 'failed' } : each))))
  }
  return {
    uploads: waiting,
    add: (file, name, notOnSite) =>
      send({
        clientId: newClientId(),
        name,
        url: URL.createObjectURL(file),
        state: 'sending',
        file,
        takenAt: (sources.now ?? Date.now)(),
        notOnSite,
      }),
    retry: (clientId) => {
      const item = waiting.find((each) => each.clientId === clientId)
      if (item) send(item)
    },
    drop: (clientId) => setWaiting((all) => all.filter((each) => each.clientId !== clientId)),
    urlOf: (file) => local.current.get(file.id) ?? sources.fileUrl?.(file.id),
  }
}
