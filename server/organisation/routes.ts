import { z } from 'zod'
import { option, personOption } from '../../contracts/api/admin.ts'
import { type Route, route } from '../http/route.ts'
import { industryTitle } from './model.ts'
import type { People } from './people.ts'
import type { Places } from './places.ts'
import { isPosition, positionTitle } from './positions.ts'

const text = z.string().max(60).optional()

/** Pickers. Enterprise people find the people of their own enterprises and the officials; never those of another enterprise. */
export function organisationRoutes({ people, places }: { people: People; places: Places }): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/people',
      summary: 'People for a picker, one row per post',
      access: 'session',
      query: z.object({ q: text, position: text, enterprise: text }),
      answer: z.array(personOption),
      async handle({ actor, query }) {
        const position = query.position && isPosition(query.position) ? query.position : undefined
        const found = await people.search(actor.countyCode, { q: query.q, position, enterpriseId: query.enterprise })
        const own =
          actor.kind === 'enterprise'
            ? new Set((await people.holdingsOf(actor.countyCode, actor.personId)).map((it) => it.enterpriseId))
            : null
        return found
          .filter((it) => own === null || it.enterpriseId === null || own.has(it.enterpriseId))
          .map((it) => ({ id: it.personId, name: it.personName, post: `${it.placeName} ${positionTitle(it.position)}` }))
      },
    }),
    route({
      method: 'get',
      path: '/enterprises',
      summary: 'Enterprises for a picker',
      access: 'session',
      query: z.object({ q: text }),
      answer: z.array(option),
      async handle({ actor, query }) {
        const holdings = await people.holdingsOf(actor.countyCode, actor.personId)
        const towns = new Map((await places.towns(actor.countyCode)).map((town) => [town.id, town.name]))
        const ids = actor.kind === 'enterprise' ? holdings.flatMap((it) => it.enterpriseId ?? []) : undefined
        const townId = isTownOfficial(holdings) ? (holdings[0]?.townId ?? undefined) : undefined
        const found = await places.enterprises(actor.countyCode, { q: query.q, ids, townId })
        return found.map((it) => ({ id: it.id, name: it.name, hint: `${towns.get(it.townId) ?? ''} · ${industryTitle(it.industry)}` }))
      },
    }),
    route({
      method: 'get',
      path: '/units',
      summary: 'Units for a picker',
      access: 'session',
      query: z.object({ q: text }),
      answer: z.array(option),
      async handle({ actor, query }) {
        return (await places.units(actor.countyCode, { q: query.q })).map((it) => ({ id: it.id, name: it.name, hint: it.shortName }))
      },
    }),
  ]
}

const isTownOfficial = (holdings: readonly { townId: string | null; enterpriseId: string | null }[]) =>
  holdings.length > 0 && holdings.every((it) => it.townId !== null && it.enterpriseId === null)
