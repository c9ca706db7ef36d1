import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { testEngine } from '../builders/test-engine.ts'
import { describeEngineContract } from './engine-contract.ts'

for (const { name, open } of testDatabases('engine_contract', migrations))
  describeEngineContract(`embedded, ${name}`, async () => {
    const { database, drop } = await open()
    const { engine } = testEngine(database)
    await engine.start()
    return {
      engine,
      settle: async () => undefined,
      close: async () => {
        await engine.stop()
        await drop()
      },
    }
  })
