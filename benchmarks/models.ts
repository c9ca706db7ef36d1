/** The models of the works. Each starts at `start` and ends at `end`. */
const definitions = (inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="bench">${inside}</definitions>`

const process = (key: string, inside: string) =>
  `<process id="${key}" isExecutable="true" camunda:historyTimeToLive="30"><startEvent id="start"/><endEvent id="end"/>${inside}</process>`

let flows = 0
const flow = (from: string, to: string) => `<sequenceFlow id="f${++flows}" sourceRef="${from}" targetRef="${to}"/>`
const chain = (ids: readonly string[]) =>
  ids
    .slice(1)
    .map((id, i) => flow(ids[i] as string, id))
    .join('')
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `n${i}`)

/** `steps` tasks that need nobody, one after the other; asynchronous: each a job. */
export const sequence = (key: string, steps: number, isAsync = false): string => {
  const ids = numbered(steps)
  const tasks = ids.map((id) => `<task id="${id}"${isAsync ? ' camunda:asyncBefore="true"' : ''}/>`).join('')
  return definitions(process(key, tasks + chain(['start', ...ids, 'end'])))
}

export const userTasks = (key: string, count: number): string => {
  const ids = numbered(count)
  const tasks = ids.map((id) => `<userTask id="${id}" camunda:candidateGroups="leaders"/>`).join('')
  return definitions(process(key, tasks + chain(['start', ...ids, 'end'])))
}

/** `branches` tasks at once between a parallel fork and its join. */
export const fork = (key: string, branches: number): string => {
  const ids = numbered(branches)
  const inside = ids.map((id) => `<task id="${id}"/>${flow('fork', id)}${flow(id, 'join')}`).join('')
  const gateways = '<parallelGateway id="fork"/><parallelGateway id="join"/>'
  return definitions(process(key, gateways + inside + flow('start', 'fork') + flow('join', 'end')))
}

const one = (key: string, work: string, before = '') => definitions(before + process(key, work + chain(['start', 'work', 'end'])))

/** As many parallel user tasks as the variable `n` says. */
export const fan = (key: string): string =>
  one(
    key,
    '<userTask id="work"><multiInstanceLoopCharacteristics><loopCardinality>${n}</loopCardinality></multiInstanceLoopCharacteristics></userTask>',
  )

/** The same of called instances, each with a task. */
export const fanCalled = (key: string): string =>
  definitions(
    process(
      key,
      `<callActivity id="work" calledElement="${key}-called"><multiInstanceLoopCharacteristics><loopCardinality>\${n}</loopCardinality></multiInstanceLoopCharacteristics></callActivity>${chain(['start', 'work', 'end'])}`,
    ) + process(`${key}-called`, `<userTask id="work"/>${chain(['start', 'work', 'end'])}`),
  )

export const external = (key: string): string => one(key, `<serviceTask id="work" camunda:type="external" camunda:topic="${key}"/>`)

export const receive = (key: string): string => one(key, '<receiveTask id="work" messageRef="m"/>', `<message id="m" name="${key}"/>`)

/** A timer until the date that the variable `due` holds. */
export const timer = (key: string): string =>
  one(
    key,
    '<intermediateCatchEvent id="work"><timerEventDefinition><timeDate xsi:type="tFormalExpression">${due}</timeDate></timerEventDefinition></intermediateCatchEvent>',
  )

/** A model of `nodes` nodes of the common kinds: user tasks, gateways with conditions, service tasks, timers on the boundary. */
export const large = (key: string, nodes: number): string => {
  const parts: string[] = []
  let last = 'start'
  for (let i = 0; i * 5 < nodes - 2; i++) {
    parts.push(
      `<exclusiveGateway id="g${i}" default="d${i}"/><userTask id="u${i}" name="Step ${i}" camunda:candidateGroups="leaders"/>`,
      `<boundaryEvent id="b${i}" attachedToRef="u${i}"><timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition></boundaryEvent>`,
      `<serviceTask id="s${i}" camunda:expression="\${execution.setVariable('step', amount + ${i})}"/><exclusiveGateway id="j${i}"/>`,
      flow(last, `g${i}`),
      `<sequenceFlow id="d${i}" sourceRef="g${i}" targetRef="s${i}"/>`,
      `<sequenceFlow id="c${i}" sourceRef="g${i}" targetRef="u${i}"><conditionExpression xsi:type="tFormalExpression">\${amount &gt; ${i} and town == 'east'}</conditionExpression></sequenceFlow>`,
      flow(`u${i}`, `j${i}`) + flow(`b${i}`, `s${i}`) + flow(`s${i}`, `j${i}`),
    )
    last = `j${i}`
  }
  return definitions(process(key, parts.join('') + flow(last, 'end')))
}
