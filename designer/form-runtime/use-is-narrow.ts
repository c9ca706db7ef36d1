import { useSyncExternalStore } from 'react'

/** Width below 768 px, or a phone lying on its side. */
const QUERY = '(max-width: 767px), (max-height: 480px)'

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(QUERY)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** Whether the form is laid out for a phone. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches)
}
