/** Why a DMN file was refused or a decision could not be made. `rule` counts from 1. */
export interface DecisionFailure {
  readonly code:
    | 'invalid-dmn'
    | 'unsupported'
    | 'unknown-decision'
    | 'input-failed'
    | 'rule-failed'
    | 'output-failed'
    | 'hit-policy-violated'
    | 'requirement-loop'
  readonly message: string
  readonly decisionId: string | null
  readonly rule: number | null
}

export type DecisionAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: DecisionFailure }

/** Thrown inside this folder only; its doors turn it into a value. */
export class DecisionError extends Error {
  readonly failure: DecisionFailure
  constructor(code: DecisionFailure['code'], message: string, decisionId: string | null = null, rule: number | null = null) {
    super(message)
    this.name = 'DecisionError'
    this.failure = { code, message, decisionId, rule }
  }
}
