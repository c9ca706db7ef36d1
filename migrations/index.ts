import type { Migration } from '../database/migrate.ts'

/** Every migration of the product, in order. Each range of a hundred has one owner: 1xx engine, 2xx and above the application. */
export const migrations: readonly Migration[] = []
