import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { writeSecret } from './first-run.ts'
import type { Identity } from './identity/index.ts'

/**
 * The token of this node's machine account, kept in `machine-account.txt` of the data directory: for the workers that the server
 * starts, and for other programs that call /engine-rest. A new one is made when the file is missing or out of date.
 */
export async function workerToken(identity: Identity, dataDir: string): Promise<string> {
  const path = join(dataDir, 'machine-account.txt')
  const kept = (await readFile(path, 'utf8').catch(() => '')).trim().split(/\s+/)[1] ?? ''
  if (kept !== '' && (await identity.machineAccountOf(`Bearer ${kept}`)) !== null) return kept
  const name = `workers@${hostname()}`.slice(0, 64)
  const token = await identity.issueMachineToken(name)
  await writeSecret(path, `${name} ${token}\n`)
  return token
}
