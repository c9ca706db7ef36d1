import type { HistoryEvent } from '../core/history-event.ts'

/** Camunda's history levels. `audit` keeps the last value of variables, `full` each change and all logs. */
export const historyLevels = ['none', 'activity', 'audit', 'full'] as const
export type HistoryLevel = (typeof historyLevels)[number]

const ACTIVITY: readonly HistoryEvent['kind'][] = [
  'instance-started',
  'instance-migrated',
  'instance-updated',
  'instance-ended',
  'activity-started',
  'activity-updated',
  'activity-ended',
  'activity-migrated',
  'task-created',
  'task-updated',
  'task-ended',
  'task-migrated',
]
const AUDIT = [...ACTIVITY, 'variable-created', 'variable-updated', 'variable-deleted'] as const

const KEPT: Readonly<Record<Exclude<HistoryLevel, 'full'>, ReadonlySet<HistoryEvent['kind']>>> = {
  none: new Set(),
  activity: new Set(ACTIVITY),
  audit: new Set(AUDIT),
}

/** Whether events of this kind are written. */
export const keeps = (level: HistoryLevel, kind: HistoryEvent['kind']): boolean => level === 'full' || KEPT[level].has(kind)
