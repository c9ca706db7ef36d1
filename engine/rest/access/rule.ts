import { bodyOf, type Call, param, textOf, textsOf } from '../http/call.ts'
import { forbidden, type Need, NOTHING, requireRights } from './require.ts'
import { definitionsByKey, type Thing, type ThingKind, thingsById } from './thing.ts'

/** What an operation asks of its caller before it runs. */
export interface Rule {
  /** For the API's description. */
  readonly rights: readonly Need[]
  readonly check: (call: Call) => Promise<void>
}

type Find = (call: Call) => Promise<readonly Thing[]> | readonly Thing[]

/** Rights on the things that a function finds. */
export function ofThings(find: Find, needs: readonly Need[]): Rule {
  return {
    rights: needs,
    check: async (call) => {
      for (const thing of await find(call)) requireRights(call.caller, thing, needs)
    },
  }
}

/** Whoever has an account: the answer holds nothing of anybody, or is narrowed to what the caller may see. */
export const signedIn: Rule = ofThings(() => [], [])

/** A query whose rows are narrowed to what the caller may read; the rights are told for the API's description. */
export const narrowed = (rights: Need): Rule => ({ rights: rights.length > 0 ? [rights] : [], check: async () => undefined })

/** The API's administrators only. */
export const administrators: Rule = {
  rights: [],
  check: async (call) => {
    if (!call.caller.isAdmin) throw forbidden(call.caller, NOTHING, ['SET:SYSTEM'])
  },
}

/** Rights on everything of their kind. */
export const inGeneral = (...needs: readonly Need[]): Rule => ofThings(() => [NOTHING], needs)

/** Rights on the thing that the path's `:id` names. */
export const on = (kind: ThingKind, ...needs: readonly Need[]): Rule =>
  ofThings((call) => thingsById(call.run.query, kind, [param(call, 'id')]), needs)

type DefinitionKind = Parameters<typeof definitionsByKey>[1]

/** Rights on the definition that the path names by id, by key, or by key and tenant. */
export const onDefinition = (kind: DefinitionKind, ...needs: readonly Need[]): Rule =>
  ofThings((call) => {
    const { id, key, tenantId } = call.params
    if (id !== undefined) return thingsById(call.run.query, kind, [id])
    return definitionsByKey(call.run.query, kind, key ?? '', tenantId ?? null)
  }, needs)

/** Rights on each thing that a member of the body lists. */
export const onEach = (kind: ThingKind, member: string, ...needs: readonly Need[]): Rule =>
  ofThings((call) => {
    const value = bodyOf(call)[member]
    const ids = typeof value === 'string' ? [value] : (textsOf(bodyOf(call), member) ?? [])
    return thingsById(call.run.query, kind, ids)
  }, needs)

const QUERIES = [
  'processInstanceQuery',
  'historicProcessInstanceQuery',
  'jobQuery',
  'externalTaskQuery',
  'historicDecisionInstanceQuery',
  'historicBatchQuery',
] as const

/** Rights on each thing that a member of the body lists; what a query of the body finds takes the rights on everything. */
export const onChosen = (kind: ThingKind, member: string, ...needs: readonly Need[]): Rule => {
  const listed = onEach(kind, member, ...needs)
  return {
    rights: needs,
    check: async (call) => {
      await listed.check(call)
      const body = bodyOf(call)
      if (QUERIES.some((query) => body[query] !== undefined && body[query] !== null)) requireRights(call.caller, NOTHING, needs)
    },
  }
}

/** Rights on the definitions whose key a member of the body names. */
export const onKey = (member: string, ...needs: readonly Need[]): Rule =>
  ofThings((call) => {
    const key = textOf(bodyOf(call), member)
    return key === null ? [] : definitionsByKey(call.run.query, 'process-definition', key)
  }, needs)

/** The tenant that something new is to belong to is one of the caller's. */
export const forTenant = (tenantOf: (call: Call) => string | null): Rule => ofThings((call) => [{ tenantId: tenantOf(call), ids: {} }], [])

/** A membership is about the group or tenant that the path names. */
export const onMembership = (resource: 'GROUP_MEMBERSHIP' | 'TENANT_MEMBERSHIP', need: Need): Rule =>
  ofThings((call) => [{ tenantId: null, ids: { [resource]: param(call, 'id') } }], [need])

/** Whoever a filter belongs to needs no more. */
export const onFilter = (need: Need): Rule => ({
  rights: [need],
  check: async (call) => {
    const [row] = await call.run.query<{ readonly owner: string | null }>('select owner from ru_filter where filter_id = ?', [
      param(call, 'id'),
    ])
    if (row && (row.owner === null || row.owner !== call.caller.id)) await on('filter', need).check(call)
  },
})

/** All of them. */
export const all = (...rules: readonly Rule[]): Rule => ({
  rights: rules.flatMap(({ rights }) => rights),
  check: async (call) => {
    for (const { check } of rules) await check(call)
  },
})

/** One rule when the body's switch is on, besides another. */
export const ifBody = (member: string, then: Rule): Rule => ({
  rights: [],
  check: async (call) => {
    if (bodyOf(call)[member] === true) await then.check(call)
  },
})
