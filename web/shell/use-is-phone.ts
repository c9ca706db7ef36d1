import { useSyncExternalStore } from 'react'

const QUERY = '(max-width: 767px), (max-height: 480px)'

function subscribe(notify: () => void) {
  const media = window.matchMedia(QUERY)
  media.addEventListener('change', notify)
  return () => media.removeEventListener('change', notify)
}

/** Narrower than 768 px, or a phone lying on its side. */
export const useIsPhone = () => useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches)
