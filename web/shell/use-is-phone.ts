import { useMediaQuery } from './use-media-query.ts'

/** Narrower than 768 px, or a phone lying on its side. */
export const useIsPhone = () => useMediaQuery('(max-width: 767px), (max-height: 480px)')
