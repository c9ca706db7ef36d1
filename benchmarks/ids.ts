import { v7 } from 'uuid'

/** Ids as the product mints them. */
export const uuidV7 = (): string => v7()
