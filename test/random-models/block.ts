/** What an event catches; `error` and `escalation` have the one code that is thrown. */
export type CaughtEvent = 'timer' | 'message' | 'signal' | 'conditional' | 'escalation' | 'error' | 'cancel' | 'compensation'

export type EndEvent = 'none' | 'terminate' | 'error' | 'escalation' | 'signal' | 'compensation' | 'cancel'

/** What can be caught at the edge of an activity. `after` null: its path ends there. */
export interface Boundary {
  readonly id: string
  readonly event: CaughtEvent
  readonly interrupting: boolean
  readonly after: Block | null
}

export interface MultiInstance {
  readonly sequential: boolean
  readonly count: number
  /** Ends when so many are done. */
  readonly enough?: number
  readonly async?: boolean
}

export interface EventSubprocess {
  readonly id: string
  readonly event: CaughtEvent
  readonly interrupting: boolean
  readonly body: Block
}

/** What lies between a scope's start and end. */
export interface Body {
  readonly block: Block
  readonly end: EndEvent
  readonly eventSubprocesses: readonly EventSubprocess[]
}

/** What every activity may have. */
export interface Activity {
  readonly id: string
  readonly boundaries: readonly Boundary[]
  readonly multi?: MultiInstance | undefined
  readonly async?: 'before' | 'after' | undefined
  /** An input parameter, which makes it a scope. */
  readonly mapped?: boolean | undefined
  /** Listeners that write down its start and its end. */
  readonly logged?: boolean | undefined
  /** The id of its compensation handler. */
  readonly handler?: { readonly id: string; readonly kind: 'user' | 'pass' } | undefined
}

export interface FreeNode {
  readonly id: string
  readonly kind: 'user' | 'pass' | 'exclusive' | 'inclusive' | 'parallel'
  /** Indexes of the nodes that its flows lead to; all but the last have a condition where the kind allows one. */
  readonly to: readonly number[]
}

/** A piece of a process with one way in, and one way out or none. */
export type Block =
  | (Activity & { readonly kind: 'user' | 'external' | 'receive' | 'pass' | 'script' })
  | (Activity & { readonly kind: 'subprocess' | 'transaction' | 'call'; readonly body: Body })
  | { readonly kind: 'catch'; readonly id: string; readonly event: CaughtEvent }
  | { readonly kind: 'throw'; readonly id: string; readonly event: EndEvent }
  | { readonly kind: 'end'; readonly id: string; readonly event: EndEvent }
  | { readonly kind: 'link'; readonly id: string }
  | { readonly kind: 'sequence'; readonly blocks: readonly Block[] }
  | { readonly kind: 'exclusive' | 'inclusive' | 'parallel' | 'split'; readonly id: string; readonly branches: readonly Block[] }
  | {
      readonly kind: 'event-based'
      readonly id: string
      readonly branches: readonly { readonly id: string; readonly event: CaughtEvent; readonly after: Block }[]
    }
  | { readonly kind: 'loop'; readonly id: string; readonly body: Block }
  /** Any graph; the first node is the way in, the last the way out. What leads back leads to a user task, so that it waits. */
  | { readonly kind: 'free'; readonly id: string; readonly nodes: readonly FreeNode[] }
