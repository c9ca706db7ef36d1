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
export type { ProcedureVersion } from './version-store.ts'
