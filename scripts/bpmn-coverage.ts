#!/usr/bin/env node
// Writes docs/bpmn-coverage.md from the engine's registry of elements, the list of cases that do not pass yet and, where it
// lies beside the checkout, the conformance suite: a case passes unless it is on the list (npm run test:conformance checks both).
//   node --import tsx scripts/bpmn-coverage.ts
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { elementKinds } from '../engine/core/elements/registry.ts'
import { type CompatFlags, camunda7Compat, defaultCompat } from '../engine/core/env.ts'

const root = join(import.meta.dirname, '..')
const suite = join(root, '../shared/conformance/scripts')

/** Kind of behaviour in the registry → what people call it, and the folders of the suite that ask about it. */
const elements: Record<(typeof elementKinds)[number], { readonly name: string; readonly folders: readonly string[] }> = {
  process: { name: 'Process', folders: ['instance'] },
  startEvent: {
    name: 'Start events: none, message, timer, signal, conditional',
    folders: ['start-end', 'message', 'timer', 'signal', 'conditional'],
  },
  noneEnd: { name: 'None and message end events', folders: ['start-end', 'message'] },
  terminateEnd: { name: 'Terminate end event', folders: ['start-end'] },
  errorEnd: { name: 'Error end event', folders: ['error'] },
  cancelEnd: { name: 'Cancel end event, transaction', folders: ['compensation'] },
  boundaryEvent: {
    name: 'Boundary events: timer, message, signal, error, escalation, conditional, compensation, cancel',
    folders: ['timer', 'message', 'signal', 'error', 'escalation', 'conditional', 'compensation'],
  },
  intermediateCatch: {
    name: 'Intermediate catch events: timer, message, signal, conditional, link',
    folders: ['timer', 'message', 'signal', 'conditional', 'flow'],
  },
  noneThrow: { name: 'None, message and link throw events', folders: ['flow', 'message'] },
  signalThrow: { name: 'Signal throw and end events', folders: ['signal'] },
  escalationThrow: { name: 'Escalation throw and end events', folders: ['escalation'] },
  compensationThrow: { name: 'Compensation throw and end events', folders: ['compensation'] },
  userTask: { name: 'User task', folders: ['usertask', 'task', 'listener'] },
  externalTask: { name: 'Service task of type external', folders: ['external-task'] },
  expressionTask: { name: 'Service task with an expression', folders: ['expression'] },
  handlerTask: { name: 'Service task with a registered handler', folders: ['expression'] },
  scriptTask: { name: 'Script task: JUEL and FEEL', folders: ['expression'] },
  receiveTask: { name: 'Receive task', folders: ['receive-task', 'correlation'] },
  decisionTask: { name: 'Business rule task, DMN', folders: ['dmn'] },
  pass: { name: 'Manual and undefined task', folders: ['flow'] },
  callActivity: { name: 'Call activity', folders: ['call-activity'] },
  subprocess: { name: 'Embedded subprocess', folders: ['subprocess'] },
  eventSubprocess: { name: 'Event subprocess', folders: ['subprocess', 'escalation', 'error', 'message', 'signal'] },
  multiInstanceBody: { name: 'Multi-instance, parallel and sequential', folders: ['multi-instance'] },
  exclusiveGateway: { name: 'Exclusive gateway', folders: ['gateway'] },
  parallelGateway: { name: 'Parallel gateway', folders: ['gateway'] },
  inclusiveGateway: { name: 'Inclusive gateway', folders: ['gateway'] },
  eventGateway: { name: 'Event-based gateway', folders: ['gateway'] },
}

type Difference = readonly [topic: string, ours: string, camunda: string]

/** Every switch, and what it decides. The first column is our way, the second is Camunda's. */
const switches: Readonly<Record<keyof CompatFlags, Difference>> = {
  inclusiveJoinOnArrival: [
    'Inclusive join',
    'looked at on arrival and at the end of every step, so that it cannot hang',
    'looked at on arrival only',
  ],
  parallelJoinCountsTokens: ['Parallel join', 'waits for a token of each flow', 'counts tokens, by whichever flows they came'],
  uncaughtErrorEnds: [
    'BPMN error that nobody catches',
    'refuses the command, or makes an incident of its job',
    'ends its path as a none end event',
  ],
  skipOutputMappingOnCancel: ['Output mappings of a cancelled activity', 'are not run', 'are run'],
  camundaHitPolicies: ['PRIORITY and OUTPUT ORDER tables', 'evaluated as DMN 1.3 says', 'refused at deployment'],
  unknownHandlersDeploy: ['A handler that nobody has registered', 'refused at deployment', 'refused when it is reached'],
  historyTtlRequired: ['Time to live of history', 'can be taken away from a definition', 'cannot be taken away'],
  shortTexts: ['Texts of more than 4,000 characters', 'are kept', 'are refused over REST'],
}

/** The one switch whose `true` is the better way: Camunda's default runs the mappings. */
const inverted: readonly (keyof CompatFlags)[] = ['skipOutputMappingOnCancel']

const unswitched: readonly Difference[] = [
  [
    'Signal or message without end',
    'a budget of operations refuses the step, or makes an incident of its job',
    'the request never answers',
  ],
  ['A message to all, where one receiver ends another', 'delivered to those that are still there', 'refused'],
  ['Scripts other than JUEL and FEEL', 'refused at deployment with element, line and column', 'run when the engine has the language'],
]

const names = Object.keys(switches) as (keyof CompatFlags)[]
const isOurWay = (name: keyof CompatFlags, flags: CompatFlags) => flags[name] === inverted.includes(name)
const way = (name: keyof CompatFlags, flags: CompatFlags) => (isOurWay(name, flags) ? 'ours' : 'theirs')

type NotYet = Record<'everywhere' | 'sqlite' | 'mariadb', Record<string, string>>
const notYet = JSON.parse(readFileSync(join(root, 'test/conformance/not-yet.json'), 'utf8')) as NotYet
const listed = [...new Set([notYet.everywhere, notYet.sqlite, notYet.mariadb].flatMap((list) => Object.keys(list ?? {})))]
const reasons = { ...notYet.sqlite, ...notYet.mariadb, ...notYet.everywhere }

const folders = existsSync(suite) ? readdirSync(suite).sort() : []
const casesOf = (folder: string) =>
  readdirSync(join(suite, folder)).reduce(
    (sum, file) => sum + (JSON.parse(readFileSync(join(suite, folder, file), 'utf8')) as { cases: unknown[] }).cases.length,
    0,
  )
const missingOf = (folder: string) => listed.filter((key) => key.startsWith(`${folder}/`)).length
const score = (folder: string) => `${folder} ${casesOf(folder) - missingOf(folder)}/${casesOf(folder)}`

const lines = [
  '# BPMN coverage',
  '',
  'Generated by `node --import tsx scripts/bpmn-coverage.ts` from the registry of elements and the conformance run: 1,443 neutral cases, each of which a real Operaton 1.0.3 passes, played through `/engine-rest` on SQLite and on MariaDB. What is not supported is refused at deployment with element id, line and column.',
  '',
  '## Elements',
  '',
  '| element | supported | cases passed, by folder |',
  '|---|---|---|',
  ...elementKinds.map(
    (kind) =>
      `| ${elements[kind].name} | yes | ${folders.length > 0 ? elements[kind].folders.map(score).join(' · ') : elements[kind].folders.join(' · ')} |`,
  ),
  '| Complex gateway, ad-hoc subprocess, standard loop, multiple events | refused | |',
  '',
  '## Conformance by folder',
  '',
  '| folder | passed | of |',
  '|---|---|---|',
  ...folders.map((folder) => `| ${folder} | ${casesOf(folder) - missingOf(folder)} | ${casesOf(folder)} |`),
  `| **all** | **${folders.reduce((sum, folder) => sum + casesOf(folder) - missingOf(folder), 0)}** | **${folders.reduce((sum, folder) => sum + casesOf(folder), 0)}** |`,
  '',
  'Besides, the first three hundred random models ([ADR 0004](adr/0004-random-plays-against-the-oracle.md)) go move by move as on Operaton.',
  '',
  '## Where we differ',
  '',
  'Each switch of `compat` decides between two ways; by default as in the fourth column, with `--compat c7` as Camunda 7. Both ways are tested (`engine/core/compat.test.ts`, `engine/dmn`, `engine/runtime/handlers.db.test.ts`, `engine/rest`).',
  '',
  '| topic | ours | Camunda 7, Operaton | by default | with `c7` | switch |',
  '|---|---|---|---|---|---|',
  ...names.map((name) => `| ${[...switches[name], way(name, defaultCompat), way(name, camunda7Compat), `\`${name}\``].join(' | ')} |`),
  ...unswitched.map((row) => `| ${row.join(' | ')} | ours | ours | |`),
  '',
  '## What does not pass yet',
  '',
  ...(listed.length === 0 ? ['Nothing.'] : listed.sort().map((key) => `- \`${key}\`: ${reasons[key]}`)),
  '',
]
writeFileSync(join(root, 'docs/bpmn-coverage.md'), lines.join('\n'))
console.log(`docs/bpmn-coverage.md: ${elementKinds.length} kinds of elements, ${listed.length} cases that do not pass yet`)
