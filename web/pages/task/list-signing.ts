import type { TaskPage } from '../../../contracts/api/inbox.ts'
import type { FileRef } from '../../../contracts/api/records.ts'
import { filesOf } from '../../parts/reading/read-fields.ts'

export interface ListedHazard {
  number: string
  level: 'GENERAL' | 'SUSPECTED_MAJOR' | 'MAJOR'
  description: string
  place: string
  judgeBasis: string
  owner: string
  dueDate: string
  onSpot: boolean
  photos: FileRef[]
}

const SIGNOFF = 'principalSignoff'
const LEVELS = ['GENERAL', 'SUSPECTED_MAJOR', 'MAJOR'] as const

function wordOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return ''
  const { name, text, label } = value as Record<string, unknown>
  return [name, text, label].find((one): one is string => typeof one === 'string') ?? ''
}

const isHazard = (row: unknown): row is Record<string, unknown> =>
  typeof row === 'object' && row !== null && 'description' in row && 'level' in row

/** Words for the ids and codes in the values: names of people from the forms' sources, clauses from the options of their fields. */
interface Words {
  readonly names: ReadonlyMap<string, string>
  readonly clauses: ReadonlyMap<string, string>
}

function wordsOf(page: TaskPage): Words {
  const names = new Map<string, string>()
  const clauses = new Map<string, string>()
  const readOptions = (field: unknown): void => {
    if (typeof field !== 'object' || field === null) return
    const { properties, items } = field as { properties?: Record<string, unknown>; items?: unknown }
    for (const [key, child] of Object.entries(properties ?? {})) {
      const own = (child as { enum?: { value: unknown; label: string }[] } | null)?.enum
      if (key === 'judgeBasis') for (const option of own ?? []) clauses.set(String(option.value), option.label)
      readOptions(child)
    }
    readOptions(items)
  }
  for (const form of [page.form, ...page.background]) {
    if (!form) continue
    for (const options of Object.values(form.sources))
      if (Array.isArray(options))
        for (const { id, name } of options as { id?: unknown; name?: unknown }[])
          if (typeof id === 'string' && typeof name === 'string') names.set(id, name)
    readOptions(form.schema)
  }
  return { names, clauses }
}

function hazardOf(row: Record<string, unknown>, words: Words): ListedHazard {
  const clause = wordOf(row.judgeBasis)
  const owner = wordOf(row.ownerName) || wordOf(row.owner) || wordOf(row.ownerId)
  const five = (row.five ?? {}) as Record<string, unknown>
  return {
    number: wordOf(row.hazardNo) || wordOf(row.number),
    level: LEVELS.find((level) => level === row.level) ?? 'GENERAL',
    description: wordOf(row.description),
    place: wordOf(row.location),
    judgeBasis: words.clauses.get(clause) ?? clause,
    owner: words.names.get(owner) ?? owner,
    dueDate: wordOf(row.dueDate) || wordOf(five.dueDate),
    onSpot: row.onSpot === true,
    photos: filesOf(row.beforePics),
  }
}

type Row = Record<string, unknown>

/** All lists of hazards in the forms of the page, and the hazards that are forms of their own. */
function hazardLists(page: TaskPage): Row[][] {
  const values = [page.form, ...page.background].flatMap((form) => (form ? [form.values] : []))
  const lists = values
    .flatMap((one) => Object.values(one))
    .filter(Array.isArray)
    .filter((list) => list.length > 0 && list.every(isHazard)) as Row[][]
  return [...lists, values.filter(isHazard)].filter((list) => list.length > 0)
}

/** The rows that a signature covers: the snapshot of the sign-off form, with photos and owners from the forms behind it; suspected major ones first. */
export function listedHazards(page: TaskPage): ListedHazard[] {
  const [rows = [], ...others] = hazardLists(page)
  const full = (row: Row): Row => {
    const same = others
      .flat()
      .find((other) => (row.hazardNo ? other.hazardNo === row.hazardNo : false) || other.description === row.description)
    return { ...same, ...row }
  }
  const words = wordsOf(page)
  return rows
    .map(full)
    .map((row) => hazardOf(row, words))
    .sort((a, b) => Number(b.level !== 'GENERAL') - Number(a.level !== 'GENERAL'))
}

/** The principal signs a list: seen to its end before the pen is taken. */
export const isListSigning = (page: TaskPage) =>
  page.state === 'OPEN' &&
  page.form?.key === SIGNOFF &&
  page.outcomes.some((outcome) => outcome.signature) &&
  listedHazards(page).length > 0
