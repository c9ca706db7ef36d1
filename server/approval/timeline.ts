import type { TimelineStep } from '../../contracts/api/inbox.ts'
import type { Actor } from '../identity/actor.ts'
import { type Holding, type Person, positionTitle } from '../organisation/index.ts'
import type { RecordRow } from '../records/index.ts'
import { readCaseFile, sittersOf } from './case-file.ts'
import type { ApprovalParts } from './deps.ts'
import { RETURN, type Run, type Seat } from './run.ts'
import { outcomeLabel } from './words.ts'

/** What was decided about a record, its check and its voiding included, who has it now, and what lies ahead in the running model. */
export type Timeline = (actor: Actor, record: RecordRow) => Promise<readonly TimelineStep[]>

/** People who were looked up for this timeline. */
type Known = Map<string, Promise<[Person | null, readonly Holding[]]>>

export function makeTimeline(parts: ApprovalParts): Timeline {
  const { runs, organisation, procedures } = parts

  async function stepOf(known: Known, actor: Actor, run: Run, seat: Seat): Promise<TimelineStep | null> {
    if (seat.state === 'REMOVED') return null
    const people = seat.doneBy !== null ? await nameOf(known, run.countyCode, seat.doneBy, seat) : await waitingFor(seat)
    const kind =
      seat.state === 'DONE'
        ? seat.outcome === RETURN
          ? 'returned'
          : 'done'
        : seat.state === 'OPEN'
          ? 'now'
          : seat.state === 'SKIPPED'
            ? 'skipped'
            : 'waiting'
    return {
      at: seat.doneAt ?? (seat.state === 'OPEN' ? seat.openedAt : null),
      nodeId: run.nodeId,
      nodeName: seat.label && run.policy.mode !== 'SINGLE' ? `${run.nodeName}·${seat.label}` : run.nodeName,
      personName: people.name,
      post: people.post,
      result:
        seat.state === 'DONE'
          ? outcomeLabel(run.policy.outcomes, seat.outcome)
          : seat.state === 'OPEN'
            ? '待办'
            : seat.isHeld
              ? '已暂停'
              : seat.state === 'SKIPPED'
                ? seat.why
                : '未到',
      kind,
      opinion: seat.opinion,
      signatureId: seat.signatureId,
      round: run.round,
      mine: seat.doneBy === actor.personId,
    }
  }

  async function nameOf(known: Known, countyCode: string, personId: string, seat: Seat): Promise<{ name: string; post: string }> {
    if (!known.has(personId))
      known.set(
        personId,
        Promise.all([organisation.people.personById(countyCode, personId), organisation.people.holdingsOf(countyCode, personId)]),
      )
    const [person, holdings] = await (known.get(personId) as NonNullable<ReturnType<Known['get']>>)
    const holding = holdings.find((one) => one.position === seat.positionKey) ?? holdings[0]
    return { name: person?.name ?? '', post: holding ? `${holding.placeName} ${positionTitle(holding.position)}` : '' }
  }

  async function waitingFor(seat: Seat): Promise<{ name: string; post: string }> {
    if (seat.state !== 'OPEN') {
      const { who } = seat.setting
      return { name: '', post: who.kind === 'position' ? positionTitle(who.position) : '' }
    }
    const sitters = await sittersOf(parts, seat)
    return {
      name: sitters.map((one) => one.name).join('、'),
      post: seat.positionKey === null ? (sitters[0]?.post ?? '') : `${sitters[0]?.post ?? ''} ${positionTitle(seat.positionKey)}`.trim(),
    }
  }

  return async (actor, record) => {
    const { origin, voiding } = await readCaseFile(parts, record)
    const all = await runs.ofRecords([record, origin, voiding].flatMap((one) => (one ? [one.id] : [])))
    const seats = await runs.seatsOf(all.map((run) => run.id))
    const steps: TimelineStep[] = []
    const known: Known = new Map()
    for (const run of all)
      for (const seat of seats.filter((one) => one.runId === run.id)) {
        const step = await stepOf(known, actor, run, seat)
        if (step) steps.push(step)
      }
    const order = (step: TimelineStep) => (step.kind === 'now' ? 2 : step.kind === 'waiting' ? 3 : 1)
    steps.sort((a, b) => order(a) - order(b) || (a.at ?? 0) - (b.at ?? 0))
    const active = all.filter((run) => run.state === 'ACTIVE' && run.recordId === record.id).at(-1)
    return [...steps, ...(active ? await ahead(active, new Set(all.map((run) => run.nodeId))) : [])]
  }

  async function ahead(run: Run, visited: ReadonlySet<string>): Promise<TimelineStep[]> {
    const procedure = await procedures.byDefinition(run.definitionId)
    if (!procedure) return []
    const tasks = procedure.model.userTasks
    const from = tasks.findIndex((node) => node.id === run.nodeId)
    return tasks
      .slice(from + 1)
      .filter((node) => !visited.has(node.id))
      .map((node) => {
        const who = node.setting?.seats[0]?.who
        return {
          at: null,
          nodeId: node.id,
          nodeName: node.name,
          personName: '',
          post: who?.kind === 'position' ? positionTitle(who.position) : '',
          result: '未到',
          kind: 'ahead' as const,
          opinion: null,
          signatureId: null,
          round: 1,
          mine: false,
        }
      })
  }
}
