import { useSyncExternalStore } from 'react'

/** Palette, canvas and settings need this much. */
const QUERY = '(max-width: 1279px)'

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(QUERY)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** Whether the screen is too small to design on. */
export const useIsSmall = (): boolean => useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches)
