export type { DecisionModel } from './decision-model.ts'
export { type Evaluation, evaluateDecision } from './evaluate-decision.ts'
export { evaluateFeel } from './evaluate-feel.ts'
export { readDmn } from './read-dmn.ts'
