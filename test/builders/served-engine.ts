import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { everybody } from '../../engine/index.ts'
import { makeEngineRestListener } from '../../engine/rest/router.ts'
import { migrations } from '../../migrations/index.ts'
import { testEngine } from './test-engine.ts'

/** What becomes of a request: answered, not heard, or done with its answer lost on the way. */
type Line = 'up' | 'down' | 'loses-answers'

/** Our engine as another server: its REST API and its clock at addresses of their own, over a line that can be cut. */
export async function servedEngine() {
  const database = await openDatabase('sqlite::memory:')
  await migrate(database, migrations)
  const { engine, clock } = testEngine(database)
  await engine.start()
  const listener = makeEngineRestListener({ engine, callerOf: async () => everybody }, '/engine-rest')
  let line: Line = 'up'
  const server = createServer((request, response) => {
    if (line === 'down') return void request.socket.destroy()
    if (line === 'loses-answers' && request.method !== 'GET') loseAnswer(response)
    if (request.url === '/clock') return void setClock(request, response)
    listener(request, response)
  })
  const setClock = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { now } = JSON.parse(Buffer.concat(chunks).toString()) as { now: number }
    clock.advance(now - clock.now())
    response.end('{}')
  }
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    engine,
    clock,
    url: `${origin}/engine-rest`,
    clockUrl: `${origin}/clock`,
    turn: (to: Line) => {
      line = to
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await engine.stop()
      await database.close()
    },
  }
}

function loseAnswer(response: ServerResponse): void {
  const lose = () => {
    response.socket?.destroy()
    return response
  }
  Object.assign(response, { end: lose, write: () => !lose() })
}
