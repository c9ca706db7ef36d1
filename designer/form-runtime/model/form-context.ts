import { createContext, useContext, useSyncExternalStore } from 'react'
import type { FieldSchema } from '../../../contracts/form-definition.ts'
import type { FieldState } from '../../../contracts/form-rules/index.ts'
import type { FormSources } from '../sources.ts'
import type { FormModel } from './form-model.ts'
import type { UploadQueue } from './upload-queue.ts'

/** What a form hands down to its fields. */
export interface FormSurroundings {
  readonly model: FormModel
  readonly sources: FormSources
  /** Files that are on their way. */
  readonly uploads: UploadQueue
  /** Phone layout: one column, cards, steps. */
  readonly phone: boolean
  /** Prefix of element ids, so that two forms on a page keep apart. */
  /** The county's day, `YYYY-MM-DD`. */
  readonly today: string
  readonly idPrefix: string
  readonly steps: StepsControl | undefined
  readonly focus: FocusBus
  /** A check sheet says what is left, so that the bar at the bottom can lead to it. */
  setPending(pending: Pending | null): void
  /** Settings of the fields by `x-id`. */
  readonly fields: ReadonlyMap<string, FieldSchema>
}

/** The wizard of the phone: which of the steps is open; the last may be the one that shows everything again. */
export interface StepsControl {
  readonly current: number
  readonly titles: readonly string[]
  readonly hasReview: boolean
  goTo(step: number): void
}

export interface Pending {
  readonly left: number
  readonly jump: () => void
}

/** Asks for a field to be brought into sight and focused, wherever it is: in another step, or in a hazard that is not open. */
export interface FocusBus {
  request(path: string): void
  subscribe(listener: (path: string) => void): () => void
}

export function makeFocusBus(): FocusBus {
  const listeners = new Set<(path: string) => void>()
  return {
    request: (path) => {
      for (const listener of listeners) listener(path)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export const FormContext = createContext<FormSurroundings | null>(null)
/** Data path of what holds the fields here: '' or `hazards.0` or `five`. */
export const HolderContext = createContext('')

/** True below a step of the wizard: what lies outside of the steps is shown with the first one. */
export const InsideStepContext = createContext(false)
/** Everything below is shown as text. */
export const ReadContext = createContext(false)
/** `cell`: the column's head already says the title. */
export const FrameContext = createContext<'field' | 'cell'>('field')

export function useSurroundings(): FormSurroundings {
  const found = useContext(FormContext)
  if (!found) throw new Error('a form field outside of a FormView')
  return found
}

export function useFieldState(key: string): FieldState | undefined {
  const { model } = useSurroundings()
  return useSyncExternalStore(model.subscribe, () => model.stateOf(key))
}

export function useFieldError(path: string): string | undefined {
  const { model } = useSurroundings()
  return useSyncExternalStore(model.subscribe, () => model.errorOf(path))
}

/** Re-renders with every change of the form: for summaries and progress, not for fields. */
export function useFormVersion(): number {
  const { model } = useSurroundings()
  return useSyncExternalStore(model.subscribe, model.version)
}

/** Element id of a field's input. */
export function inputId(idPrefix: string, path: string): string {
  return `${idPrefix}-${path.replaceAll('.', '-')}`
}
