import { useSyncExternalStore } from 'react'
import { useSurroundings } from '../model/form-context.ts'
import type { Upload } from '../model/upload-queue.ts'
import type { StoredFile } from '../sources.ts'

/** The uploads of one field, as the form keeps them. */
export function useUploads(path: string): {
  uploads: readonly Upload[]
  add(file: Blob, name: string, notOnSite: boolean): void
  retry(clientId: string): void
  drop(clientId: string): void
  urlOf(file: StoredFile): string | undefined
} {
  const { sources, uploads } = useSurroundings()
  const all = useSyncExternalStore(uploads.subscribe, uploads.all)
  return {
    uploads: all.filter(({ clientId }) => uploads.pathOf(clientId) === path),
    add: (file, name, notOnSite) => uploads.add(path, file, name, notOnSite),
    retry: uploads.retry,
    drop: uploads.drop,
    urlOf: (file) => uploads.localUrl(file.id) ?? sources.fileUrl?.(file.id),
  }
}
