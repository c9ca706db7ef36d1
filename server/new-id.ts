import { v7 } from 'uuid'

/** Mints an id: UUIDv7 text, so that ids sort by the time of their making. */
export type NewId = () => string

/** The id generator of a running server; tests bring a counting one. */
export const uuidV7: NewId = () => v7()
