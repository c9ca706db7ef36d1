import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DatabaseName } from './databases.ts'
import { mariadbServer } from './databases.ts'
import type { Figure } from './figure.ts'

/** W11: the crash test with so many kills. It fails when a command that was answered is lost, done twice, or half written. */
export async function crashFigure(database: DatabaseName, kills: number): Promise<Figure> {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const begun = performance.now()
  const run = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      'test/faults/crash.db.test.ts',
      '-t',
      database === 'sqlite' ? 'SQLite' : 'MariaDB',
    ],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        TEST_CRASHES: String(kills),
        NODE_NO_WARNINGS: '1',
        ...(database === 'mariadb' && { TEST_MARIADB_URL: await mariadbServer() }),
      },
    },
  )
  if (run.status !== 0) console.error(run.stderr)
  const seconds = (performance.now() - begun) / 1000
  return { work: 'crash', engine: 'ours', database, kills, seconds, lostOrDoubled: run.status === 0 ? 0 : 'some' }
}
