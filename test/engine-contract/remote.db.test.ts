import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { createRemoteEngine } from '../../engine/index.ts'
import { makeEngineRestListener } from '../../engine/rest/router.ts'
import { migrations } from '../../migrations/index.ts'
import { testEngine } from '../builders/test-engine.ts'
import { describeEngineContract } from './engine-contract.ts'

// The same contract through our own REST API: what the remote adapter does on a Camunda 7 server it does on ours.
describeEngineContract('remote, our own REST API', async () => {
  const served = await openDatabase('sqlite::memory:')
  await migrate(served, migrations)
  const { engine: embedded, clock } = testEngine(served)
  await embedded.start()
  const server = createServer(makeEngineRestListener({ engine: embedded }, '/engine-rest'))
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  const database = await openDatabase('sqlite::memory:')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/engine-rest`
  const engine = createRemoteEngine({ url, database, since: clock.now() - 1 })
  return {
    engine,
    settle: () => engine.poll(),
    async close() {
      await engine.stop()
      server.closeAllConnections()
      server.close()
      await embedded.stop()
      await served.close()
      await database.close()
    },
  }
})
