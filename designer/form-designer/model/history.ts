import type { Command, Design } from './commands.ts'

/** The design with everything that can be undone and redone: without limit within a session. */
export interface History {
  readonly design: Design
  readonly past: readonly Command[]
  readonly future: readonly Command[]
  /** `x-id` of the selected field. */
  readonly selected: string | null
  /** Said to readers of the screen, and shown at the foot. */
  readonly said: string
}

export type HistoryAction =
  | { kind: 'do'; command: Command; select?: string | null; say?: string }
  | { kind: 'undo' }
  | { kind: 'redo' }
  | { kind: 'select'; id: string | null }
  | { kind: 'open'; design: Design }

export function openHistory(design: Design): History {
  return { design, past: [], future: [], selected: null, said: '' }
}

export function reduceHistory(history: History, action: HistoryAction): History {
  switch (action.kind) {
    case 'do': {
      const design = action.command.execute(history.design)
      const past = merged(history, action.command)
      return {
        design,
        past,
        future: [],
        selected: action.select === undefined ? history.selected : action.select,
        said: action.say ?? action.command.label,
      }
    }
    case 'undo': {
      const command = history.past.at(-1)
      if (!command) return history
      return {
        ...history,
        design: command.revert(history.design),
        past: history.past.slice(0, -1),
        future: [command, ...history.future],
        said: `已撤销：${command.label}`,
      }
    }
    case 'redo': {
      const [command, ...future] = history.future
      if (!command) return history
      return {
        ...history,
        design: command.execute(history.design),
        past: [...history.past, command],
        future,
        said: `已重做：${command.label}`,
      }
    }
    case 'select':
      return history.selected === action.id ? history : { ...history, selected: action.id }
    case 'open':
      return openHistory(action.design)
  }
}

/** Typing in one setting is one edit: the later command takes the place of the earlier one, but reverts to what was before both. */
function merged(history: History, command: Command): readonly Command[] {
  const last = history.past.at(-1)
  if (last?.group === undefined || last.group !== command.group || history.future.length > 0) return [...history.past, command]
  return [...history.past.slice(0, -1), { ...command, revert: (design) => last.revert(design) }]
}
