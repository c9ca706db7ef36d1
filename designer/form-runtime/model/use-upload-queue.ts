import { useEffect, useMemo, useRef } from 'react'
import type { FormSources } from '../sources.ts'
import type { FormModel } from './form-model.ts'
import { makeUploadQueue, type UploadQueue } from './upload-queue.ts'

/** The form's uploads: those that failed are sent once more when the network is back. */
export function useUploadQueue(model: FormModel, sources: FormSources): UploadQueue {
  const latest = useRef(sources)
  latest.current = sources
  const queue = useMemo(() => makeUploadQueue(model, () => latest.current), [model])
  useEffect(() => {
    window.addEventListener('online', queue.retryAll)
    return () => {
      window.removeEventListener('online', queue.retryAll)
      queue.close()
    }
  }, [queue])
  return queue
}
