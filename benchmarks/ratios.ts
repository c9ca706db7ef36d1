import type { Figure } from './figure.ts'

interface RatioRow {
  readonly work: string
  readonly clients: number | ''
  readonly size: number | ''
  readonly ours: string
  readonly operaton: string
  readonly ratio: string
}

/** Ours beside Operaton, all rounds, and the best to the best. */
export function ratioTable(figures: readonly Figure[]): RatioRow[] {
  const rows = new Map<string, { first: Figure; ours: number[]; operaton: number[] }>()
  for (const figure of figures) {
    const { work, clients, size, engine, perSecond } = figure
    if (perSecond === undefined || (engine !== 'ours' && engine !== 'operaton')) continue
    const key = `${work} ${clients} ${size}`
    const row = rows.get(key) ?? { first: figure, ours: [], operaton: [] }
    row[engine].push(perSecond)
    rows.set(key, row)
  }
  return Array.from(rows.values(), ({ first, ours, operaton }) => ({
    work: first.work,
    clients: first.clients ?? '',
    size: first.size ?? '',
    ours: ours.join(' / '),
    operaton: operaton.join(' / '),
    ratio: operaton.length === 0 || ours.length === 0 ? '' : (Math.max(...ours) / Math.max(...operaton)).toFixed(2),
  }))
}
