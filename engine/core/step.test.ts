import { describe, expect, it } from '@jest/globals'
import { bpmn, CoreEngine, flows } from '../../test/builders/core-engine.ts'
import type { HistoryEvent } from './index.ts'

function deployed(content: string, globals = ''): CoreEngine {
  const engine = new CoreEngine()
  engine.deploy(bpmn(content, globals))
  return engine
}

/** Events as `kind what`, without ids. */
const told = (events: readonly HistoryEvent[]): string[] =>
  events.map((event) => {
    if ('activityId' in event && event.kind !== 'task-created' && event.kind !== 'task-ended') return `${event.kind} ${event.activityId}`
    if (event.kind === 'variable-created' || event.kind === 'variable-updated' || event.kind === 'variable-deleted')
      return `${event.kind} ${event.name}`
    return event.kind
  })

const integer = (v: number) => ({ t: 'Integer' as const, v })

describe('a user task', () => {
  const model = `<startEvent id="s"/><userTask id="a" camunda:assignee="li"/><endEvent id="e"/>${flows('s>a', 'a>e')}`

  it('waits after the start, with exactly these events', () => {
    const engine = deployed(model)

    engine.start('p', { x: integer(1) })

    expect(told(engine.history)).toEqual([
      'instance-started',
      'variable-created x',
      'activity-started s',
      'activity-ended s',
      'activity-started a',
      'task-created',
      'activity-updated',
      'identity-link-added',
    ])
    expect(engine.tree()).toEqual(['', 'a'])
  })

  it('ends the instance when it is completed, with exactly these events', () => {
    const engine = deployed(model)
    engine.start()

    const events = engine.complete('a', { done: { t: 'Boolean', v: true } })

    expect(told(events)).toEqual([
      'variable-created done',
      'task-ended',
      'activity-ended a',
      'activity-started e',
      'activity-ended e',
      'instance-ended',
    ])
    expect(engine.ended).toBe(true)
  })

  it('is refused to be completed while the instance is suspended', () => {
    const engine = deployed(model)
    const instanceId = engine.start()
    const [taskId = ''] = engine.family?.instances.get(instanceId)?.tasks.keys() ?? []
    engine.run({ kind: 'setSuspended', instanceId, suspended: true })

    const result = engine.attempt({ kind: 'completeTask', instanceId, taskId, variables: {} })

    expect(result).toMatchObject({ kind: 'refused', failure: { code: 'task-suspended' } })
  })
})

describe('gateways', () => {
  it('takes the first flow of an exclusive gateway that holds, in document order', () => {
    const engine = deployed(
      `<startEvent id="s"/><exclusiveGateway id="g"/><userTask id="a"/><userTask id="b"/>${flows('s>g', 'g>a?${x > 5}', 'g>b?${x > 1}')}`,
    )

    engine.start('p', { x: integer(3) })

    expect(engine.tasks).toEqual(['b'])
  })

  it('refuses the start when no flow of an exclusive gateway holds', () => {
    const engine = deployed(
      `<startEvent id="s"/><exclusiveGateway id="g"/><userTask id="a"/><userTask id="b"/>${flows('s>g', 'g>a?${x > 5}', 'g>b?${x > 1}')}`,
    )

    expect(() => engine.start('p', { x: integer(0) })).toThrow('no-outgoing-flow')
  })

  it('runs the first branch of a fork to its wait state before the second', () => {
    const engine = deployed(
      `<startEvent id="s"/><parallelGateway id="g"/><manualTask id="a1"/><userTask id="a2"/><manualTask id="b1"/><userTask id="b2"/>${flows('s>g', 'g>a1', 'g>b1', 'a1>a2', 'b1>b2')}`,
    )

    engine.start()

    expect(engine.path).toEqual(['s', 'g', 'a1', 'b1'])
    expect(engine.tasks).toEqual(['a2', 'b2'])
  })

  it('gives a lone token the scope id, its own id as soon as there is a second, and the scope id again when it is alone', () => {
    const engine = deployed(
      `<startEvent id="s"/><userTask id="a"/><parallelGateway id="g"/><userTask id="b"/><userTask id="c"/>${flows('s>a', 'a>g', 'g>b', 'g>c')}`,
    )
    const id = engine.start()
    const executions = (): string[] => Array.from(engine.family?.instances.get(id)?.tasks.values() ?? [], (task) => task.executionId)

    expect(executions()).toEqual([id])
    engine.complete('a')
    expect(executions()).not.toContain(id)
    engine.complete('b')
    expect(executions()).toEqual([id])
  })

  it('opens an inclusive join when the branch that it waited for ends elsewhere', () => {
    const engine = deployed(
      `<startEvent id="s"/><inclusiveGateway id="g"/><userTask id="a"/><userTask id="b"/><exclusiveGateway id="x"/><inclusiveGateway id="j"/><userTask id="after"/><endEvent id="e"/>${flows('s>g', 'g>a', 'g>b', 'a>j', 'b>x', 'x>j?${go}', 'x>e?${!go}', 'j>after')}`,
    )
    engine.start()

    engine.complete('a')
    expect(engine.tree()).toEqual(['', 'j', 'b'])
    engine.complete('b', { go: { t: 'Boolean', v: false } })

    expect(engine.tasks).toEqual(['after'])
  })
})

describe('boundary events', () => {
  const timer = '<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>'

  it('cancels what runs inside, innermost first, when it interrupts', () => {
    const engine = deployed(
      `<startEvent id="s"/><subProcess id="sub"><startEvent id="s2"/><userTask id="a"/>${flows('s2>a')}</subProcess><boundaryEvent id="late" attachedToRef="sub">${timer}</boundaryEvent><userTask id="b"/><sequenceFlow id="g1" sourceRef="s" targetRef="sub"/><sequenceFlow id="g2" sourceRef="late" targetRef="b"/>`,
    )
    engine.start()

    engine.fire('late')

    expect(engine.path).toEqual(['s', 's2', 'xa', 'xsub', 'late'])
    expect(engine.tasks).toEqual(['b'])
  })

  it('runs beside the task and keeps its grid when it does not interrupt and repeats', () => {
    const cycle = '<timerEventDefinition><timeCycle>R3/PT1H</timeCycle></timerEventDefinition>'
    const engine = deployed(
      `<startEvent id="s"/><userTask id="a"/><boundaryEvent id="remind" attachedToRef="a" cancelActivity="false">${cycle}</boundaryEvent><endEvent id="e"/>${flows('s>a', 'remind>e')}`,
    )
    const id = engine.start()
    const due = (): number[] => Array.from(engine.family?.instances.get(id)?.jobs.values() ?? [], (job) => (job.due ?? 0) - engine.now)
    expect(due()).toEqual([3_600_000])

    for (let hour = 1; hour <= 3; hour += 1) {
      engine.now += 3_600_000
      engine.fire('remind')
    }

    expect(due()).toEqual([])
    expect(engine.tasks).toEqual(['a'])
  })

  it('catches an error of a called process, after its out mappings', () => {
    const engine = deployed(
      `<startEvent id="s"/><callActivity id="call" calledElement="child"><extensionElements><camunda:out source="why" target="reason"/></extensionElements></callActivity><boundaryEvent id="failed" attachedToRef="call"><errorEventDefinition errorRef="err" camunda:errorCodeVariable="code"/></boundaryEvent><userTask id="repair"/>${flows('s>call', 'failed>repair')}`,
      '<error id="err" errorCode="E1"/>',
    )
    engine.deploy(
      bpmn(
        `<startEvent id="s"/><userTask id="work"/><endEvent id="bad"><errorEventDefinition errorRef="err"/></endEvent>${flows('s>work', 'work>bad')}`,
        '<error id="err" errorCode="E1"/>',
        'child',
      ),
    )
    const id = engine.start('p')

    engine.complete('work', { why: { t: 'String', v: 'rain' } })

    const variables = engine.family?.instances.get(id)?.scopes.get(id)?.vars
    expect(engine.tasks).toEqual(['repair'])
    expect(variables?.['reason']?.value).toEqual({ t: 'String', v: 'rain' })
    expect(variables?.['code']?.value).toEqual({ t: 'String', v: 'E1' })
  })
})

describe('multi-instance', () => {
  const loop = (sequential: boolean, condition = ''): string =>
    `<multiInstanceLoopCharacteristics isSequential="${sequential}"><loopCardinality>3</loopCardinality>${condition}</multiInstanceLoopCharacteristics>`

  it('runs one after the other when sequential', () => {
    const engine = deployed(`<startEvent id="s"/><userTask id="a">${loop(true)}</userTask><endEvent id="e"/>${flows('s>a', 'a>e')}`)
    engine.start()

    expect(engine.tree()).toEqual(['', ['a#multiInstanceBody', 'a']])
    for (let turn = 0; turn < 3; turn += 1) engine.complete('a')

    expect(engine.path).toEqual(['s', 'a', 'a', 'a', 'a#multiInstanceBody', 'e'])
  })

  it('cancels the rest when its completion condition holds', () => {
    const condition = '<completionCondition>${nrOfCompletedInstances == 2}</completionCondition>'
    const engine = deployed(
      `<startEvent id="s"/><userTask id="a">${loop(false, condition)}</userTask><endEvent id="e"/>${flows('s>a', 'a>e')}`,
    )
    engine.start()
    expect(engine.tasks).toHaveLength(3)

    engine.complete('a')
    engine.complete('a')

    expect(engine.path).toEqual(['s', 'a', 'a', 'xa', 'a#multiInstanceBody', 'e'])
  })
})

describe('compensation', () => {
  it('runs the handlers in reverse order of completion and waits for them', () => {
    const undo = (name: string): string =>
      `<boundaryEvent id="c${name}" attachedToRef="${name}"><compensateEventDefinition/></boundaryEvent><userTask id="undo${name}" isForCompensation="true"/><association sourceRef="c${name}" targetRef="undo${name}"/>`
    const engine = deployed(
      `<startEvent id="s"/><manualTask id="a"/>${undo('a')}<manualTask id="b"/>${undo('b')}<endEvent id="throw"><compensateEventDefinition/></endEvent>${flows('s>a', 'a>b', 'b>throw')}`,
    )
    engine.start()

    expect(engine.tree()).toEqual(['', 'throw', 'undob', 'undoa'])
    engine.complete('undoa')
    engine.complete('undob')

    expect(engine.ended).toBe(true)
    expect(engine.path).toEqual(['s', 'a', 'b', 'undoa', 'undob', 'throw'])
  })
})

describe('jobs', () => {
  it('of a fork are made in the order of its flows; of a task that was completed the last comes first', () => {
    const fork = (node: string) => deployed(`<startEvent id="s"/>${node}<userTask id="a"/><userTask id="b"/>${flows('s>g', 'g>a', 'g>b')}`)
    const ahead = (engine: CoreEngine): readonly (string | null)[] => {
      const [instance] = [...(engine.family?.instances.values() ?? [])]
      const jobs = [...(instance?.jobs.values() ?? [])].sort((one, other) => (one.id < other.id ? -1 : 1))
      return jobs.map((job) => instance?.tokens.get(job.executionId)?.flowId ?? null)
    }
    const gateway = fork('<parallelGateway id="g" camunda:asyncAfter="true"/>')
    const task = fork('<userTask id="g" camunda:asyncAfter="true"/>')

    gateway.start()
    task.start()
    task.complete('g')

    expect(ahead(gateway)).toEqual(['f1_g_a', 'f2_g_b'])
    expect(ahead(task)).toEqual(['f2_g_b', 'f1_g_a'])
  })

  it('counts failures down, waits as the cycle says, and makes an incident when no retry is left', () => {
    const engine = deployed(
      `<startEvent id="s"/><serviceTask id="a" camunda:asyncBefore="true" camunda:expression="\${missing}"><extensionElements><camunda:failedJobRetryTimeCycle>R2/PT5M</camunda:failedJobRetryTimeCycle></extensionElements></serviceTask>${flows('s>a')}`,
    )
    const instanceId = engine.start()
    const job = () => [...(engine.family?.instances.get(instanceId)?.jobs.values() ?? [])][0]
    const fail = (): void => {
      const jobId = job()?.id ?? ''
      expect(engine.attempt({ kind: 'fireJob', instanceId, jobId })).toMatchObject({ kind: 'refused', failedActivityId: 'a' })
      engine.run({ kind: 'jobFailed', instanceId, jobId, message: 'missing', stack: null, failedActivityId: 'a' })
    }

    expect(job()?.retries).toBe(2)
    fail()
    expect(job()).toMatchObject({ retries: 1, due: engine.now + 300_000 })
    fail()

    expect(job()?.retries).toBe(0)
    expect([...(engine.family?.instances.get(instanceId)?.incidents.values() ?? [])]).toMatchObject([
      { type: 'failedJob', activityId: 'a' },
    ])
  })
})

describe('modification', () => {
  it('moves a token: starts there, cancels here, and nothing goes on by the cancelling', () => {
    const engine = deployed(`<startEvent id="s"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>${flows('s>a', 'a>b', 'b>e')}`)
    const instanceId = engine.start()
    engine.complete('a')

    engine.run({
      kind: 'modify',
      instanceId,
      instructions: [
        { type: 'startBeforeActivity', activityId: 'a' },
        { type: 'cancel', activityId: 'b' },
      ],
      skipCustomListeners: false,
      skipIoMappings: false,
    })

    expect(engine.tasks).toEqual(['a'])
    expect(engine.path).toEqual(['s', 'a', 'xb'])
  })
})

describe('an endless loop', () => {
  it('is refused', () => {
    const engine = deployed(`<startEvent id="s"/><manualTask id="a"/><manualTask id="b"/>${flows('s>a', 'a>b', 'b>a')}`)

    expect(() => engine.start()).toThrow('loop-detected')
  })
})
