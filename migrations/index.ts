import type { Migration } from '../database/migrate.ts'
import { migration as engineTables } from './101-engine-tables.ts'
import { migration as engineBatches } from './102-engine-batches.ts'
import { migration as remoteEngine } from './103-remote-engine.ts'
import { migration as organisation } from './201-organisation.ts'
import { migration as identity } from './202-identity.ts'
import { migration as records } from './203-records.ts'
import { migration as audit } from './204-audit.ts'
import { migration as procedures } from './301-procedures.ts'
import { migration as approval } from './302-approval.ts'
import { migration as forms } from './401-forms.ts'
import { migration as facts } from './501-facts.ts'
import { migration as reports } from './502-reports.ts'
import { migration as documents } from './503-documents.ts'
import { migration as notifications } from './504-notifications.ts'

/** Every migration of the product, in order. Each range of a hundred has one owner: 1xx engine, 2xx and above the application. */
export const migrations: readonly Migration[] = [
  engineTables,
  engineBatches,
  remoteEngine,
  organisation,
  identity,
  records,
  audit,
  facts,
  reports,
  procedures,
  approval,
  forms,
  documents,
  notifications,
]
