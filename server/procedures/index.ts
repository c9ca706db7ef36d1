export { type AdminProcedures, makeAdminProcedures } from './admin-procedures.ts'
export type { KnownNames } from './lint-procedure.ts'
export {
  type ProcedureFile,
  type ShippedProcedure,
  type SlotDefinition,
  type Slots,
  shippedProcedure,
  shippedProcedures,
} from './procedure-file.ts'
export { type ModelNode, type ProcedureModel, readModel } from './procedure-model.ts'
export { makeProcedures, type OpenProcedure, type ProcedureDeps, type Procedures } from './procedures.ts'
export { procedureRoutes } from './routes.ts'
export type { ProcedureVersion } from './version-store.ts'
