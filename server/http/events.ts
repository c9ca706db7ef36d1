import type { Actor } from '../identity/actor.ts'
import type { EventHub, ServerEvent } from './event-hub.ts'
import { type Route, route } from './route.ts'

const BEAT_MS = 25_000

type MaySee = (actor: Actor, recordNumber: string) => Promise<boolean>

/** GET /api/events: server-sent events for the open page; a comment now and then keeps proxies from closing the line. */
export function eventRoutes(events: EventHub, maySee: MaySee): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/events',
      summary: 'Server-sent events: inbox, record and clock changes',
      access: 'session',
      stream: true,
      async handle({ actor, response, request }) {
        response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
        response.write('retry: 3000\n\n')
        const send = (event: ServerEvent) => {
          if (!response.destroyed) response.write(`event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`)
        }
        const unsubscribe = events.subscribe(actor.personId, (event) => {
          if (event.kind !== 'record') send(event)
          else if (event.countyCode === actor.countyCode)
            void maySee(actor, event.number).then(
              (sees) => {
                if (sees) send(event)
              },
              () => undefined,
            )
        })
        const beat = setInterval(() => response.write(': beat\n\n'), BEAT_MS)
        beat.unref()
        request.once('close', () => {
          clearInterval(beat)
          unsubscribe()
        })
      },
    }),
  ]
}
