import type { MessagesToCorrelate } from '../../../contracts/external-topics.ts'
import type { RecordRow } from '../../records/index.ts'
import type { Effect } from './effect.ts'

type Message = MessagesToCorrelate[number]

/**
 * The list is signed: says how those fixed on the spot are closed (B8), and names the messages that start a life for each of the
 * others. The worker of `correlate-message` sends them.
 */
export const signHazards: Effect = async (scope, { organisation }) => {
  const { changes, record, actor, countyCode } = scope
  const closeBy = await organisation.settings.get(countyCode, 'onSpot.closeBy')
  const messages: Message[] = []
  for (const id of scope.hazardIds()) {
    const hazard = changes.get(id)
    const isFixed = hazard.data['onSpot'] === true
    // Nobody accepts his own work: where the checker is the one who signs, another person looks again.
    const way = !isFixed ? null : closeBy === 'LIST_SIGN' && record.createdBy !== actor.personId ? 'LIST_SIGN' : 'RECHECK'
    changes.set(id, 'closeBy', way)
    if (way !== 'LIST_SIGN') messages.push(messageFor(hazard, way === 'RECHECK'))
  }
  const text = JSON.stringify(messages)
  // Engines keep at most 4,000 characters in a String.
  return { messages: text.length < 4000 ? { t: 'String', v: text } : { t: 'Json', v: text } }
}

function messageFor(hazard: RecordRow, fixedAlready: boolean): Message {
  const isGeneral = hazard.level === 'GENERAL'
  const text = (value: string) => ({ value, type: 'String' })
  const flag = (value: boolean) => ({ value, type: 'Boolean' })
  const common = {
    initiator: text(hazard.createdBy),
    enterpriseId: text(hazard.enterpriseId ?? ''),
    townId: text(hazard.townId ?? ''),
    planKnown: flag(hasPlan(hazard)),
    fixedAlready: flag(fixedAlready),
  }
  if (isGeneral)
    return { name: 'hazard.general-reported', businessKey: hazard.number, all: false, starts: 'general-hazard-closure', variables: common }
  return {
    name: 'hazard.major-reported',
    businessKey: hazard.number,
    all: false,
    starts: 'major-hazard-confirm',
    variables: {
      ...common,
      selfFound: flag(hazard.side === 'enterprise'),
      imminent: flag(false),
      exposedPeople: { value: 0, type: 'Integer' },
      suggestLister: text(''),
      industry: text(String(hazard.data['industry'] ?? '')),
    },
  }
}

/** Who, what and by when are said: nothing is left to assign (P02). */
export function hasPlan(hazard: RecordRow): boolean {
  const { ownerId, dueDate, five } = hazard.data
  const measures = typeof five === 'object' && five !== null ? (five as { measures?: unknown }).measures : undefined
  return (
    typeof ownerId === 'string' &&
    ownerId !== '' &&
    typeof dueDate === 'string' &&
    dueDate !== '' &&
    Array.isArray(measures) &&
    measures.length > 0
  )
}
