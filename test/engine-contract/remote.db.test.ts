import { remoteEngine } from '../builders/remote-engine.ts'
import { servedEngine } from '../builders/served-engine.ts'
import { describeEngineContract } from './engine-contract.ts'

// The same contract through our own REST API: what the remote adapter does on a Camunda 7 server it does on ours.
describeEngineContract('remote, our own REST API', async () => {
  const served = await servedEngine()
  const remote = await remoteEngine({ url: served.url, now: served.clock.now })
  return {
    ...remote,
    async close() {
      await remote.close()
      await served.close()
    },
  }
})
