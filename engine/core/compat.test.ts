import { describe, expect, it } from '@jest/globals'
import { bpmn, CoreEngine, flows } from '../../test/builders/core-engine.ts'
import { type CompatFlags, defaultCompat } from './index.ts'

/** Each switch both ways. */
function play(flags: Partial<CompatFlags>, content: string, globals = ''): CoreEngine {
  const engine = new CoreEngine({ ...defaultCompat, ...flags })
  engine.deploy(bpmn(content, globals))
  return engine
}

describe('inclusiveJoinOnArrival', () => {
  const content = `<startEvent id="s"/><inclusiveGateway id="g"/><userTask id="a"/><userTask id="b"/><exclusiveGateway id="x"/><inclusiveGateway id="j"/><userTask id="after"/><endEvent id="e"/>${flows('s>g', 'g>a', 'g>b', 'a>j', 'b>x', 'x>j?${go}', 'x>e?${!go}', 'j>after')}`

  it.each([
    [false, ['after']],
    [true, []],
  ])('%s: a join whose last branch ends elsewhere leads to %j', (inclusiveJoinOnArrival, tasks) => {
    const engine = play({ inclusiveJoinOnArrival }, content)
    engine.start()

    engine.complete('a')
    engine.complete('b', { go: { t: 'Boolean', v: false } })

    expect(engine.tasks).toEqual(tasks)
  })
})

describe('parallelJoinCountsTokens', () => {
  const content = `<startEvent id="s"/><parallelGateway id="g"/><userTask id="a"/><userTask id="b"/><userTask id="c"/><exclusiveGateway id="m"/><parallelGateway id="j"/><userTask id="after"/>${flows('s>g', 'g>a', 'g>b', 'g>c', 'a>m', 'b>m', 'm>j', 'c>j', 'j>after')}`

  it.each([
    [true, ['c', 'after']],
    [false, ['c']],
  ])('%s: two tokens by one flow lead to %j', (parallelJoinCountsTokens, tasks) => {
    const engine = play({ parallelJoinCountsTokens }, content)
    engine.start()

    engine.complete('a')
    engine.complete('b')

    expect(engine.tasks).toEqual(tasks)
  })
})

describe('uncaughtErrorEnds', () => {
  const content = `<startEvent id="s"/><userTask id="a"/><endEvent id="e"><errorEventDefinition errorRef="err"/></endEvent>${flows('s>a', 'a>e')}`
  const error = '<error id="err" errorCode="E1"/>'

  it('true: an uncaught error ends its path', () => {
    const engine = play({ uncaughtErrorEnds: true }, content, error)
    engine.start()

    engine.complete('a')

    expect(engine.ended).toBe(true)
  })

  it('false: an uncaught error refuses the command', () => {
    const engine = play({ uncaughtErrorEnds: false }, content, error)
    engine.start()

    expect(() => engine.complete('a')).toThrow('unhandled-error')
  })
})

describe('skipOutputMappingOnCancel', () => {
  const content = `<startEvent id="s"/><userTask id="a"><extensionElements><camunda:inputOutput><camunda:outputParameter name="out">\${1}</camunda:outputParameter></camunda:inputOutput></extensionElements></userTask><boundaryEvent id="late" attachedToRef="a"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="b"/>${flows('s>a', 'late>b')}`

  it.each([
    [false, true],
    [true, false],
  ])('%s: a cancelled activity has run its outputs: %s', (skipOutputMappingOnCancel, ran) => {
    const engine = play({ skipOutputMappingOnCancel }, content)
    const id = engine.start()

    engine.fire('late')

    expect('out' in (engine.family?.instances.get(id)?.scopes.get(id)?.vars ?? {})).toBe(ran)
  })
})
