import type { Migration } from '../database/migrate.ts'
import { migration as facts } from './501-facts.ts'

/** Every migration of the product, in order. Each range of a hundred has one owner: 1xx engine, 2xx and above the application. */
export const migrations: readonly Migration[] = [facts]
