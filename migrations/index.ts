import type { Migration } from '../database/migrate.ts'
import { migration as engineTables } from './101-engine-tables.ts'

/** Every migration of the product, in order. Each range of a hundred has one owner: 1xx engine, 2xx and above the application. */
export const migrations: readonly Migration[] = [engineTables]
