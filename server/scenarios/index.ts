export { playStep } from './play-step.ts'
export { runScenario, type ScenarioResult } from './run-scenario.ts'
export { type Scenario, ScenarioFailure, type Step, scenario } from './scenario.ts'
export { makeWorld, type World } from './world.ts'
