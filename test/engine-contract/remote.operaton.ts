import { openDatabase } from '../../database/open-database.ts'
import { createRemoteEngine } from '../../engine/remote/create-remote-engine.ts'
import { describeEngineContract } from './engine-contract.ts'

describeEngineContract('remote, Operaton', async () => {
  const database = await openDatabase('sqlite::memory:')
  const engine = createRemoteEngine({ url: process.env.OPERATON_URL ?? '', database, since: Date.now() })
  return {
    engine,
    settle: () => engine.poll(),
    close: async () => {
      await engine.stop()
      await database.close()
    },
  }
})
