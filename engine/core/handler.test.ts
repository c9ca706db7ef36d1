import { describe, expect, it } from '@jest/globals'
import { bpmn, CoreEngine, flows } from '../../test/builders/core-engine.ts'
import { readBpmn } from '../bpmn/index.ts'
import { BpmnError, defaultCompat, type Handlers } from './index.ts'

const handlers: Handlers = {
  'org.example.Adder': {
    execute: ({ execution, fields }) => {
      const by = fields['by']
      execution.setVariable('sum', { t: 'Integer', v: 40 + (by?.t === 'Integer' ? by.v : Number(by?.v)) })
    },
  },
  thrower: {
    execute: () => {
      throw new BpmnError('E1', 'no money')
    },
  },
  broken: {
    execute: () => {
      throw new Error('it broke')
    },
  },
  namer: { execute: ({ task }) => task?.setName('named by a handler') },
  tax: { methods: { of: (amount) => ({ t: 'Integer', v: Number(amount?.v) * 2 }) } },
  mailer: { remote: true },
}

function play(content: string, globals = ''): CoreEngine {
  const engine = new CoreEngine(defaultCompat, handlers)
  engine.deploy(bpmn(content, globals))
  return engine
}

const variable = (engine: CoreEngine, name: string) =>
  [...(engine.family?.instances.values() ?? [])][0]?.scopes.get('p1')?.vars[name]?.value

describe('registered handlers', () => {
  it('run for camunda:class within the step, with their fields', () => {
    const engine = play(
      `<startEvent id="s"/><serviceTask id="a" camunda:class="org.example.Adder"><extensionElements><camunda:field name="by" stringValue="2"/></extensionElements></serviceTask><userTask id="u"/>${flows('s>a', 'a>u')}`,
    )

    engine.start()

    expect(engine.tasks).toEqual(['u'])
    expect(variable(engine, 'sum')).toEqual({ t: 'Integer', v: 42 })
  })

  it('are found by the name in a delegate expression, also as listeners', () => {
    const engine = play(
      `<startEvent id="s"/><userTask id="u" name="plain"><extensionElements><camunda:taskListener event="create" delegateExpression="\${namer}"/></extensionElements></userTask>${flows('s>u')}`,
    )

    engine.start()

    const [task] = [...(engine.family?.instances.values() ?? [])].flatMap((instance) => [...instance.tasks.values()])
    expect(task?.name).toBe('named by a handler')
  })

  it('answer methods in expressions', () => {
    const engine = play(
      `<startEvent id="s"/><serviceTask id="a" camunda:expression="\${tax.of(21)}" camunda:resultVariable="sum"/><userTask id="u"/>${flows('s>a', 'a>u')}`,
    )

    engine.start()

    expect(variable(engine, 'sum')).toEqual({ t: 'Integer', v: 42 })
  })

  it('throw errors that a boundary event catches', () => {
    const engine = play(
      `<startEvent id="s"/><serviceTask id="a" camunda:delegateExpression="\${thrower}"/><boundaryEvent id="b" attachedToRef="a"><errorEventDefinition errorRef="e" camunda:errorMessageVariable="why"/></boundaryEvent><userTask id="u"/>${flows('s>a', 'b>u')}`,
      '<error id="e" errorCode="E1"/>',
    )

    engine.start()

    expect(engine.tasks).toEqual(['u'])
    expect(variable(engine, 'why')).toEqual({ t: 'String', v: 'no money' })
  })

  it('refuse the command with their reason when they fail otherwise', () => {
    const engine = play(
      `<startEvent id="s"/><userTask id="u"/><serviceTask id="a" camunda:delegateExpression="#{broken}"/>${flows('s>u', 'u>a')}`,
    )
    engine.start()

    expect(() => engine.complete('u')).toThrow('it broke')
    expect(engine.tasks).toEqual(['u'])
  })

  it('become external tasks when they are remote', () => {
    const engine = play(`<startEvent id="s"/><serviceTask id="a" camunda:class="mailer"/>${flows('s>a')}`)

    engine.start()

    const external = [...(engine.family?.instances.values() ?? [])].flatMap((instance) => [...instance.externalTasks.values()])
    expect(external.map((task) => task.topic)).toEqual(['mailer'])
  })
})

describe('a name that nobody has registered', () => {
  const xml = bpmn(
    `<startEvent id="s"/><serviceTask id="a" camunda:class="constructor"/><userTask id="u"><extensionElements><camunda:taskListener event="create" class="unknown.Listener"/></extensionElements></userTask>${flows('s>a', 'a>u')}`,
  )

  it('is refused by the reader, with the element', () => {
    const reading = readBpmn(xml, 'test.bpmn')

    expect(reading.findings.map(({ code, message }) => `${code} ${message.split(':')[0]}`)).toEqual([
      "unsupported-handler no handler is registered as 'constructor'",
      "unsupported-handler no handler is registered as 'unknown.Listener'",
    ])
  })
})
