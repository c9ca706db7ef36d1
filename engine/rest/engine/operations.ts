import { json } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'

/** The release of Camunda 7's API that this one speaks; Camunda Modeler reads it. */
const API_VERSION = '7.24.0'

export const engineOperations: readonly Operation[] = [
  operation('GET', '/version', 'The version of the API', async () => json({ version: API_VERSION })),
  operation('GET', '/engine', 'Names of the engines', async () => json([{ name: 'default' }])),
]
