import type { Run, Seat } from '../approval/index.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import { isPosition, isSettingKey } from '../organisation/index.ts'
import { activeNodes } from './active-nodes.ts'
import { checkExpectation } from './expectations.ts'
import { fillForm, signatureOf } from './form-defaults.ts'
import { publishStep } from './publish-step.ts'
import { ScenarioFailure, type Step } from './scenario.ts'
import type { World } from './world.ts'

/** Plays one step. Throws `ScenarioFailure` with what was expected and what was found. */
export async function playStep(world: World, step: Step, index: number): Promise<void> {
  if (step.at !== undefined) await world.advance(Date.parse(step.at))
  const refused = step.expect?.refused
  let refusal: Refusal | null = null
  try {
    await act(world, step, index)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refusal = error
  }
  if (refused) assertRefused(refused, refusal)
  else if (refusal) throw new ScenarioFailure(`refused: ${inWords(refusal)}`)
  if (!isOnlyExpectation(step)) await world.settle()
  if (step.expect) await checkExpectation(world, step.expect)
}

/** A step that only looks leaves nothing to be worked. */
function isOnlyExpectation(step: Step): boolean {
  const { expect: _, note: __, sign: ___, ...rest } = step
  return Object.values(rest).every((value) => value === undefined)
}

async function act(world: World, step: Step, index: number): Promise<void> {
  const { features } = world.application
  const by = { personId: world.personId('admin'), note: '场景' }
  const requestId = `scenario-${step.requestId ?? index}`
  if (step.start !== undefined) await start(world, step, requestId)
  if (step.task !== undefined) await decide(world, step, requestId)
  if (step.message !== undefined) {
    const record = await world.record(step.message.of)
    await features.engine.messages.correlate({
      name: step.message.name,
      businessKey: record.number,
      tenantId: world.countyCode,
      all: step.message.all,
    })
  }
  for (const [key, value] of Object.entries(step.configure ?? {})) {
    if (isSettingKey(key)) await features.organisation.settings.set(world.countyCode, key, value)
    else await features.procedures.configure(world.countyCode, key, value, by)
  }
  if (step.publish !== undefined) await publishStep(world, step.publish, by)
  if (step.appoint !== undefined) {
    const { person, position, place } = step.appoint
    if (!isPosition(position)) throw new ScenarioFailure(`there is no position ${position}`)
    const id = world.placeId(place)
    await features.organisation.register.appoint({
      countyCode: world.countyCode,
      personId: world.personId(person),
      position,
      ...(/^E\d/.test(place) ? { enterpriseId: id } : { unitId: id }),
      fromAt: world.clock.now(),
    })
  }
  if (step.relieve !== undefined) {
    const { person, position } = step.relieve
    if (!isPosition(position)) throw new ScenarioFailure(`there is no position ${position}`)
    await features.organisation.register.relieve({ countyCode: world.countyCode, personId: world.personId(person), position })
  }
  if (step.hold !== undefined) world.hold(step.hold)
  if (step.override !== undefined) {
    const { report, unit, ...cell } = step.override
    await features.ledgers.reports.override(world.actor(step.as ?? ''), { reportId: report, unit: world.placeId(unit), ...cell })
  }
  if (step.advance !== undefined) await world.advance(Date.parse(step.advance))
}

async function start(world: World, step: Step, requestId: string): Promise<void> {
  const { approval, procedures } = world.application.features
  const procedureId = step.start ?? ''
  const as = step.as ?? ''
  const actor = world.actor(as)
  const { model } = await procedures.current(world.countyCode, procedureId)
  const formKey = model.nodes.get(model.firstNode ?? '')?.setting?.form ?? ''
  const form = await fillForm({ world, actor, as, formKey, given: resolved(world, step.form ?? {}), stored: {} })
  const answer = await approval.start(actor, procedureId, {
    requestId,
    form,
    ...(step.outcome === undefined ? {} : { outcome: step.outcome }),
  })
  if (step.name !== undefined)
    world.name(step.name, { record: answer.recordNumber, hazards: answer.hazards.map((hazard) => hazard.number) })
}

async function decide(world: World, step: Step, requestId: string): Promise<void> {
  const { approval } = world.application.features
  const { of, node, seat: ordinal } = step.task ?? { of: '', node: '' }
  const as = step.as ?? ''
  const actor = world.actor(as)
  const { run, seat } = await seatFor(world, actor, of, node, ordinal)
  if (step.return !== undefined) {
    await approval.return(actor, seat.id, { requestId, target: step.return.to, reason: step.return.reason, fields: step.return.fields })
    return
  }
  const outcome =
    run.policy.outcomes.find((one) => one.code === step.outcome) ?? (step.outcome === undefined ? run.policy.outcomes[0] : undefined)
  const given = resolved(world, step.form ?? {})
  const stored = (await world.record(of)).data
  const hazards = run.policy.form === 'selfCheckSheet' ? await listedHazards(world, of) : undefined
  const filled =
    run.policy.form === undefined
      ? {}
      : await fillForm({ world, actor, as, formKey: run.policy.form, given: { ...(hazards ? { hazards } : {}), ...given }, stored })
  await approval.decide(actor, seat.id, {
    requestId,
    outcome: outcome?.code ?? step.outcome ?? '',
    form: outcome?.lenient === true ? given : await writable(world, run, filled, given),
    opinion: step.opinion ?? (outcome?.opinion === 'required' ? '情况属实，按规定办理。' : ''),
    ...(outcome?.signature === true && step.sign ? { signature: signatureOf(world) } : {}),
  })
}

/** Defaults are sent for fields that this seat may write; what the scenario says itself is always sent. */
async function writable(
  world: World,
  run: Run,
  filled: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const procedure = await world.application.features.procedures.byDefinition(run.definitionId)
  const rest = run.policy.permissions['*'] ?? (procedure?.model.firstNode === run.nodeId ? 'edit' : 'read')
  const isWritable = (field: string) => ['edit', 'required'].includes(run.policy.permissions[field] ?? rest)
  return Object.fromEntries(Object.entries(filled).filter(([field]) => field in given || isWritable(field)))
}

/** The actor's open seat there; else one that is not his, so that the server can refuse him. */
async function seatFor(
  world: World,
  actor: Actor,
  of: string,
  node: string,
  ordinal: number | undefined,
): Promise<{ run: Run; seat: Seat }> {
  const { approval } = world.application.features
  const record = await world.record(of)
  const fits = (run: Run, seat: Seat) =>
    run.recordId === record.id && run.nodeId === node && (ordinal === undefined || seat.ordinal === ordinal)
  const mine = (await approval.inbox.open(actor)).find(({ run, seat }) => fits(run, seat))
  if (mine) return mine
  const all = (await approval.runsOf(record))
    .flatMap(({ run, seats }) => seats.map((seat) => ({ run, seat })))
    .filter(({ run, seat }) => fits(run, seat))
  const found =
    all.findLast(({ seat }) => seat.state === 'OPEN') ?? all.findLast(({ seat }) => seat.doneBy === actor.personId) ?? all.at(-1)
  if (!found)
    throw new ScenarioFailure(`${record.number} never came to ${node}; it is at ${(await activeNodes(world, of)).join(', ') || 'its end'}`)
  return found
}

async function listedHazards(world: World, of: string): Promise<readonly Record<string, unknown>[]> {
  const { records } = world.application.features
  const check = await world.record(of)
  const links = (await records.trail.linked(check.id)).filter((link) => link.kind === 'found' && link.direction === 'to')
  const rows = await Promise.all(links.map((link) => records.store.byId(link.recordId)))
  const keep = [
    'clientId',
    'lineId',
    'beforePics',
    'description',
    'foundAt',
    'foundBy',
    'location',
    'category',
    'level',
    'judgeBasis',
    'onSpot',
    'fixNote',
    'afterPics',
    'ownerId',
    'dueDate',
    'five',
  ]
  return rows.flatMap((row) =>
    row && row.status !== 'VOID'
      ? [
          {
            hazardNo: row.number,
            ...Object.fromEntries(
              keep.filter((key) => row.data[key] !== undefined && row.data[key] !== null).map((key) => [key, row.data[key]]),
            ),
          },
        ]
      : [],
  )
}

/** `@E05.worker` stands for that person, `@town:town1` for a place. */
function resolved<T>(world: World, value: T): T {
  if (typeof value === 'string') {
    if (value.startsWith('@place:')) return world.placeId(value.slice(7)) as T
    return (value.startsWith('@') ? world.personId(value.slice(1)) : value) as T
  }
  if (Array.isArray(value)) return value.map((one) => resolved(world, one)) as T
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(world, one)])) as T
  return value
}

function assertRefused(expected: { field?: string | undefined; code?: string | undefined }, refusal: Refusal | null): void {
  if (!refusal) throw new ScenarioFailure(`expected a refusal (${JSON.stringify(expected)}), but it was accepted`)
  const isField = expected.field === undefined || refusal.errors.some((error) => error.field === expected.field)
  const isCode =
    expected.code === undefined || refusal.code === expected.code || refusal.errors.some((error) => error.code === expected.code)
  if (!isField || !isCode) throw new ScenarioFailure(`expected a refusal ${JSON.stringify(expected)}, found ${inWords(refusal)}`)
}

function inWords(refusal: Refusal): string {
  return `${refusal.code}${refusal.detail ? ` (${refusal.detail})` : ''}${refusal.errors.map((error) => ` ${error.field}: ${error.message}`).join(';')}`
}
