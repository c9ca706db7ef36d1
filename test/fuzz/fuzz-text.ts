import { readBpmn } from '../../engine/bpmn/index.ts'
import { evaluateExpression, parseExpression } from '../../engine/core/expression/index.ts'
import { dueOfDate, dueOfDuration, nextOfCycle, parseRetryCycle, startOfCycle } from '../../engine/core/time/timer.ts'
import type { Variables } from '../../engine/core/value.ts'
import { evaluateDecision, evaluateFeel, readDmn } from '../../engine/dmn/index.ts'
import { CoreEngine } from '../builders/core-engine.ts'
import { seeded } from '../random-models/random.ts'
import { modelOf, randomCase } from '../random-models/random-model.ts'
import { damage } from './damage.ts'

const NOW = Date.UTC(2026, 0, 1)
const clock = { now: NOW, zone: 'Asia/Shanghai' }
const variables: Variables = {
  i: { t: 'Integer', v: 7 },
  l: { t: 'Long', v: 5n },
  d: { t: 'Double', v: 2.5 },
  s: { t: 'String', v: 'hello' },
  b: { t: 'Boolean', v: true },
  n: { t: 'Null', v: null },
  t: { t: 'Date', v: NOW },
  j: { t: 'Json', v: '{"a":1,"b":[1,{"c":"x"}]}' },
}
const names = new Map(Object.entries(variables))

const JUEL = [
  '${i + 1 > l ? s.substring(1, 3) : d * 2}',
  "${j.prop('b').elements().get(1).prop('c').stringValue() == 'x' && !empty s}",
  '${s.replaceAll("l+", "_").split("e")[0].concat(i).matches("h.*")}',
  'text ${t.time / 1000 % 60} and #{dateTime().plusDays(2).toDate().after(now())}',
  "${(-i + +l) div 2 mod 3 ge 1 or not b and s eq 'a'}",
]
const FEEL = [
  'if i > 3 and b then string(d) + s else substring(s, 2, 3)',
  'for x in [1, 2, 3] return x * 2 ** i',
  '[1..5] and date("2023-05-06") + duration("P1D") > today()',
  'some x in [1, 2] satisfies x > l and contains(s, "l")',
  '{a: 1, b: [1, 2][item > 1]}.b[1] + count([1, 2])',
]
const TIMERS = [
  'PT1H30M',
  'R3/2026-01-01T00:00:00Z/P1M',
  '0 0/5 9-17 ? * MON-FRI',
  'P1Y2M3W4DT5H6M7.8S',
  '2026-02-29T12:00:00+08:00',
  '0 0 0 L-3 * 6#3 2030/2',
  'R5/PT5M',
  '@daily',
]
const DMN = `<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="t"><decision id="dec" name="dec"><informationRequirement id="ir"><requiredDecision href="#lit"/></informationRequirement><decisionTable id="dt" hitPolicy="COLLECT" aggregation="SUM"><input id="i1"><inputExpression id="ie" typeRef="integer"><text>i</text></inputExpression></input><output id="o" name="r" typeRef="double"/><rule id="r1"><inputEntry id="e1"><text>[1..9], not(5)</text></inputEntry><outputEntry id="e2"><text>d * 2</text></outputEntry></rule></decisionTable></decision><decision id="lit" name="lit"><variable id="v" name="z" typeRef="string"/><literalExpression id="le"><text>s + "x"</text></literalExpression></decision></definitions>`

/** Damaged texts of every language that a model may hold: read and, if they can be read, run. Answers what was given, for the report. */
export async function fuzzText(seed: number): Promise<string> {
  const random = seeded(seed)
  switch (random.below(6)) {
    case 0: {
      const model = modelOf(randomCase(random.below(500) + 1), 'p')
      const given = damage(random.pick(model.resources).content, random)
      const reading = readBpmn(given, 'damaged.bpmn')
      if (reading.findings.some(({ line, column, message }) => line < 1 || column < 1 || message === ''))
        throw new Error('a finding without place')
      if (reading.ok && reading.processes.length > 0) runOnce(given, reading.processes[0]?.id ?? '')
      return given
    }
    case 1: {
      const given = damage(DMN, random)
      const reading = await readDmn('damaged.dmn', given, { camundaHitPolicies: random.chance(50) })
      if (reading.ok) for (const id of reading.value.decisions.keys()) evaluateDecision(reading.value, id, variables, clock)
      return given
    }
    case 2: {
      const given = damage(random.pick(FEEL), random)
      evaluateFeel(given, variables, clock)
      return given
    }
    case 3: {
      const given = damage(random.pick(TIMERS), random)
      for (const read of [dueOfDate, dueOfDuration, startOfCycle]) read(given, NOW, clock.zone)
      nextOfCycle(given, NOW, clock.zone)
      parseRetryCycle(given)
      return given
    }
    default: {
      const given = damage(random.pick(JUEL), random)
      const parsed = parseExpression(given)
      if (parsed.ok) evaluateExpression(parsed.value, { ...clock, resolve: (name) => names.get(name) })
      return given
    }
  }
}

/** A damaged model that can still be read is started: it may be refused, but nothing else may go wrong. */
function runOnce(xml: string, key: string): void {
  const engine = new CoreEngine()
  engine.stepBudget = 2_000
  engine.deploy(xml)
  engine.attempt({ kind: 'start', definitionId: `${key}:1`, instanceId: 'p1', businessKey: null, variables })
}
