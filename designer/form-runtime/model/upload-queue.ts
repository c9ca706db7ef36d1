import type { FormSources, StoredFile } from '../sources.ts'
import type { FormModel } from './form-model.ts'

/** A file on its way: it is retried alone and never blocks the form. */
export interface Upload {
  readonly clientId: string
  readonly name: string
  readonly url: string
  readonly state: 'sending' | 'failed'
}

export interface UploadQueue {
  readonly subscribe: (listener: () => void) => () => void
  /** The same array until something changes. */
  readonly all: () => readonly Upload[]
  add(path: string, file: Blob, name: string, notOnSite: boolean): void
  retry(clientId: string): void
  /** Sends once more what failed: the network is back. */
  retryAll(): void
  drop(clientId: string): void
  /** Where an upload stands now; undefined when its row is gone. */
  pathOf(clientId: string): string | undefined
  /** The file as it lies on this device, before anybody has asked the server for it. */
  localUrl(fileId: string): string | undefined
  close(): void
}

interface Waiting extends Upload {
  readonly file: Blob
  readonly takenAt: number
  readonly notOnSite: boolean
  readonly place: Place
}

/** A field; in a list whose rows have ids of their own, by the row's, since rows before it may be taken away meanwhile. */
interface Place {
  readonly path: string
  readonly row?: { readonly list: string; readonly clientId: string; readonly rest: string }
}

const IN_ROW = /^(.+)\.(\d+)\.(.+)$/
let counter = 0

/** Ids of one page's uploads; the server takes the same id twice for the same file. */
const newClientId = () => (typeof crypto?.randomUUID === 'function' ? crypto.randomUUID() : `upload-${++counter}-${performance.now()}`)

/** What a form sends beside itself. It belongs to the form, not to a field: a drawer may be closed before its photos have gone out. */
export function makeUploadQueue(model: FormModel, sources: () => FormSources): UploadQueue {
  let waiting: readonly Waiting[] = []
  const listeners = new Set<() => void>()
  const local = new Map<string, string>()
  const set = (next: readonly Waiting[]) => {
    waiting = next
    for (const listener of listeners) listener()
  }
  const placeOf = (path: string): Place => {
    const [, list = '', index = '', rest = ''] = IN_ROW.exec(path) ?? []
    const clientId: unknown = list === '' ? undefined : model.form.getValuesIn(`${list}.${index}.clientId`)
    return typeof clientId === 'string' ? { path, row: { list, clientId, rest } } : { path }
  }
  const pathNow = ({ path, row }: Place): string | undefined => {
    if (!row) return path
    const rows: unknown = model.form.getValuesIn(row.list)
    const at = Array.isArray(rows) ? rows.findIndex((each: { clientId?: unknown } | undefined) => each?.clientId === row.clientId) : -1
    return at < 0 ? undefined : `${row.list}.${at}.${row.rest}`
  }
  const arrived = (item: Waiting, file: StoredFile) => {
    local.set(file.id, item.url)
    set(waiting.filter((each) => each.clientId !== item.clientId))
    const path = pathNow(item.place)
    if (path === undefined) return
    const files: unknown = model.form.getValuesIn(path)
    model.form.setValuesIn(path, [...(Array.isArray(files) ? files : []), item.notOnSite ? { ...file, notOnSite: true } : file])
  }
  const send = (item: Waiting) => {
    const { upload } = sources()
    const { clientId, name, file, takenAt } = item
    // Without an uploader (preview of the designer) the file stays in the page.
    if (!upload) return arrived(item, { id: clientId, name, mime: file.type || 'application/octet-stream', size: file.size, takenAt })
    set([...waiting.filter((each) => each.clientId !== clientId), { ...item, state: 'sending' }])
    const failed = () => set(waiting.map((each) => (each.clientId === clientId ? { ...each, state: 'failed' as const } : each)))
    const stillWanted = (stored: StoredFile) => waiting.some((each) => each.clientId === clientId) && arrived(item, stored)
    upload.call(sources(), file, { name, clientId, takenAt }).then(stillWanted, failed)
  }
  const retry = (clientId: string) => {
    const item = waiting.find((each) => each.clientId === clientId && each.state === 'failed')
    if (item) send(item)
  }
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    all: () => waiting,
    add: (path, file, name, notOnSite) =>
      send({
        clientId: newClientId(),
        name,
        url: URL.createObjectURL(file),
        state: 'sending',
        file,
        takenAt: (sources().now ?? Date.now)(),
        notOnSite,
        place: placeOf(path),
      }),
    retry,
    retryAll: () => {
      for (const { clientId } of waiting) retry(clientId)
    },
    drop: (clientId) => set(waiting.filter((each) => each.clientId !== clientId)),
    pathOf: (clientId) => {
      const item = waiting.find((each) => each.clientId === clientId)
      return item && pathNow(item.place)
    },
    localUrl: (fileId) => local.get(fileId),
    close: () => {
      for (const url of [...local.values(), ...waiting.map((each) => each.url)]) URL.revokeObjectURL(url)
    },
  }
}
