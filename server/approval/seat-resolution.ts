import type { SeatRule, SeatSetting } from '../../contracts/bpmn-extension.ts'
import { isPosition, type People, positionTitle } from '../organisation/index.ts'
import type { RecordRow } from '../records/index.ts'

/** Who sits: a person, or whoever holds the position there at the moment of deciding. */
export interface Sitter {
  readonly personId: string | null
  readonly positionKey: string | null
  readonly townId: string | null
  readonly enterpriseId: string | null
  /** In words: why this came to them. */
  readonly why: string
}

export interface SeatContext {
  readonly record: RecordRow
  /** May not sit here: deciders of the nodes that must differ, the finder and the rectifiers on checking nodes. */
  readonly excluded: ReadonlySet<string>
}

/** The seats of a node in order: a rule `slot` stands for the county's list. */
export function expandSeats(seats: readonly SeatSetting[], slots: Readonly<Record<string, unknown>>): readonly SeatSetting[] {
  return seats.flatMap((seat) => {
    if (seat.who.kind !== 'slot') return [withSlotDays(seat, slots)]
    const list = slots[seat.who.slot]
    const inherited = seat.dueSlot === undefined ? {} : { dueSlot: seat.dueSlot }
    return Array.isArray(list)
      ? list.map((entry: Partial<SeatSetting> & Pick<SeatSetting, 'who'>) => withSlotDays({ fallback: [], ...inherited, ...entry }, slots))
      : []
  })
}

function withSlotDays(seat: SeatSetting, slots: Readonly<Record<string, unknown>>): SeatSetting {
  const days = seat.dueSlot === undefined ? undefined : slots[seat.dueSlot]
  return seat.dueWorkingDays === undefined && typeof days === 'number' ? { ...seat, dueWorkingDays: days } : seat
}

/** Looks up who sits, by the seat's rule and then its fallbacks. Null when nobody may: the node's `onEmpty` says what then. */
export async function resolveSitter(seat: SeatSetting, context: SeatContext, people: People): Promise<Sitter | null> {
  for (const rule of [seat.who, ...seat.fallback]) {
    const sitter = await sitterBy(rule, context, people)
    if (sitter) return sitter
  }
  return null
}

const NOBODY = { personId: null, positionKey: null, townId: null, enterpriseId: null }

async function sitterBy(rule: SeatRule, { record, excluded }: SeatContext, people: People): Promise<Sitter | null> {
  switch (rule.kind) {
    case 'initiator':
      return person(record.createdBy, '由您发起', record, excluded, people)
    case 'person-in-field': {
      const value = readPath(record.data, rule.field)
      return typeof value === 'string' && value !== '' ? person(value, '表单中指定由您办理', record, excluded, people) : null
    }
    case 'position': {
      if (!isPosition(rule.position)) return null
      const place = placeOf(rule.of, record)
      if (!place) return null
      const holders = await people.holdersOf(record.countyCode, rule.position, place)
      const able = holders.find((holding) => !excluded.has(holding.personId))
      if (!able) return null
      return {
        ...NOBODY,
        positionKey: rule.position,
        townId: place.townId ?? null,
        enterpriseId: place.enterpriseId ?? null,
        why: `您是${able.placeName}${positionTitle(rule.position)}，这一步由该岗位办理`,
      }
    }
    case 'slot':
      return null
  }
}

async function person(
  personId: string,
  why: string,
  record: RecordRow,
  excluded: ReadonlySet<string>,
  people: People,
): Promise<Sitter | null> {
  if (excluded.has(personId)) return null
  const holdings = await people.holdingsOf(record.countyCode, personId)
  return holdings.length === 0 ? null : { ...NOBODY, personId, why }
}

function placeOf(
  of: 'county' | 'town' | 'enterprise' | 'initiator-unit',
  record: RecordRow,
): { townId?: string; enterpriseId?: string } | null {
  switch (of) {
    case 'county':
      return {}
    case 'town':
      return record.townId === null ? null : { townId: record.townId }
    case 'enterprise':
      return record.enterpriseId === null ? null : { enterpriseId: record.enterpriseId }
    case 'initiator-unit':
      return record.enterpriseId !== null ? { enterpriseId: record.enterpriseId } : record.townId !== null ? { townId: record.townId } : {}
  }
}

/** `five.fundWan` in nested data. */
export function readPath(data: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
      data,
    )
}
