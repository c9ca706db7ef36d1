import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { mariadbServer } from './databases.ts'
import { RestClient } from './rest-client.ts'

/** `npm run engine` on a database, in a process of its own. */
export async function startEngineServer(database: string) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('../engine/serve.ts', import.meta.url)), '--open', '--port', '0', '--database', database],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const url = await new Promise<string>((found, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [address] = /http:\/\/\S+\/engine-rest/.exec(line) ?? []
      if (address) found(address)
    })
    child.once('exit', (code) => fail(new Error(`the engine ended with ${code}`)))
  })
  const client = new RestClient(url)
  return {
    client,
    /** The resident set, as Linux counts it. */
    megabytes(): number {
      const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
      return Number(kilobytes) / 1024
    },
    async stop(): Promise<void> {
      client.close()
      const ended = new Promise((done) => child.once('exit', done))
      child.kill()
      await ended
    },
  }
}

/** Removes a database of the tests' MariaDB. */
export async function dropMariadb(name: string): Promise<void> {
  const { createConnection } = await import('mysql2/promise')
  const { hostname, port, username } = new URL(await mariadbServer())
  const connection = await createConnection({ host: hostname, port: Number(port), user: username })
  await connection.query(`drop database if exists ${name}`)
  await connection.end()
}
