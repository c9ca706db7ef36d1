import { z } from 'zod'
import { auditPage } from '../../contracts/api/admin.ts'
import type { Audit } from '../audit/index.ts'
import { type Route, route } from '../http/route.ts'
import type { Organisation } from '../organisation/index.ts'

/** GET /api/admin/audit: who did what, and whether nobody has touched the log. */
export function auditRoute({ audit, organisation }: { audit: Audit; organisation: Organisation }): Route {
  return route({
    method: 'get',
    path: '/admin/audit',
    summary: "The county's audit log, newest first",
    access: 'audit.read',
    query: z.object({ subject: z.string().max(200).optional(), before: z.coerce.number().int().optional() }),
    answer: auditPage,
    async handle({ actor, query }) {
      const events = await audit.list(actor.countyCode, query)
      const people = await organisation.people.peopleByIds(
        actor.countyCode,
        events.flatMap((event) => event.personId ?? []),
      )
      return {
        events: events.map(({ seq, at, personId, action, subject, data }) => ({
          seq,
          at,
          personName: personId === null ? '' : (people.get(personId)?.name ?? ''),
          action,
          subject,
          data,
        })),
        intact: (await audit.verify(actor.countyCode)) === null,
      }
    },
  })
}
