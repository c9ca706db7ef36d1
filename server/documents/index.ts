export type { DocumentInfo } from './document-store.ts'
export { type Documents, makeDocuments } from './documents.ts'
export { documentNo, isSerial, type Serial } from './serials.ts'
