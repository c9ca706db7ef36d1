export { type Documents, makeDocuments } from './documents.ts'
export { documentNo, isSerial } from './serials.ts'
