import { bpmn } from '../builders/core-engine.ts'

/** A small repeatable random source (mulberry32). */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
  }
}

interface Block {
  readonly xml: string
  readonly first: string
  readonly last: string
}

/** A process of nested blocks: whatever is forked is joined, so that it always can end. */
export function randomModel(random: (below: number) => number): string {
  let count = 0
  let messages = 0
  const id = (kind: string): string => `${kind}${++count}`
  const flow = (source: string, target: string, condition = ''): string =>
    `<sequenceFlow id="${id('f')}" sourceRef="${source}" targetRef="${target}">${
      condition === '' ? '' : `<conditionExpression xsi:type="tFormalExpression"><![CDATA[${condition}]]></conditionExpression>`
    }</sequenceFlow>`

  const blocks: ((depth: number) => Block)[] = [
    task,
    task,
    task,
    sequence,
    fork,
    choice,
    anyOf,
    subprocess,
    multiple,
    race,
    waiting,
    guarded,
  ]
  const block = (depth: number): Block => (depth <= 0 ? task() : (blocks[random(blocks.length)] as (depth: number) => Block)(depth))

  function task(): Block {
    const key = id('task')
    const extension = ['', '', ' camunda:asyncBefore="true"', ' camunda:asyncAfter="true"'][random(4)]
    return { xml: `<userTask id="${key}"${extension}/>`, first: key, last: key }
  }
  function sequence(depth: number): Block {
    const a = block(depth - 1)
    const b = block(depth - 1)
    return { xml: a.xml + b.xml + flow(a.last, b.first), first: a.first, last: b.last }
  }
  function split(depth: number, kind: string, condition: (index: number, of: number) => string): Block {
    const split = id('split')
    const join = id('join')
    const branches = Array.from({ length: 2 + random(2) }, () => block(depth - 1))
    const defaultId = kind === 'parallelGateway' ? '' : `d${split}`
    const xml = branches.map((branch, index) => {
      const isDefault = index === branches.length - 1 && defaultId !== ''
      const into = isDefault
        ? `<sequenceFlow id="${defaultId}" sourceRef="${split}" targetRef="${branch.first}"/>`
        : flow(split, branch.first, condition(index, branches.length))
      return branch.xml + into + flow(branch.last, join)
    })
    const attribute = defaultId === '' ? '' : ` default="${defaultId}"`
    return { xml: `<${kind} id="${split}"${attribute}/><${kind} id="${join}"/>${xml.join('')}`, first: split, last: join }
  }
  function fork(depth: number): Block {
    return split(depth, 'parallelGateway', () => '')
  }
  function choice(depth: number): Block {
    return split(depth, 'exclusiveGateway', (index) => `\${x % 3 == ${index}}`)
  }
  function anyOf(depth: number): Block {
    return split(depth, 'inclusiveGateway', (index) => `\${x >= ${index * 2}}`)
  }
  function scopeOf(depth: number, attributes: string, extra = ''): Block {
    const key = id('sub')
    const inner = block(depth - 1)
    const start = id('start')
    const end = id('end')
    const nested = random(3) === 0 ? eventSubprocess() : ''
    const content = `<startEvent id="${start}"/>${inner.xml}<endEvent id="${end}"/>${flow(start, inner.first)}${flow(inner.last, end)}${nested}`
    return { xml: `<subProcess id="${key}"${attributes}>${extra}${content}</subProcess>`, first: key, last: key }
  }
  function eventSubprocess(): string {
    const start = id('start')
    const inner = task()
    const end = id('end')
    const interrupting = random(2) === 0
    return `<subProcess id="${id('event')}" triggeredByEvent="true"><startEvent id="${start}" isInterrupting="${interrupting}"><messageEventDefinition messageRef="m${messages++ % 8}"/></startEvent>${inner.xml}<endEvent id="${end}"/>${flow(start, inner.first)}${flow(inner.last, end)}</subProcess>`
  }
  function subprocess(depth: number): Block {
    return scopeOf(depth, '')
  }
  function loop(): string {
    const condition = random(3) === 0 ? '<completionCondition>${nrOfCompletedInstances >= 2}</completionCondition>' : ''
    return `<multiInstanceLoopCharacteristics isSequential="${random(2) === 0}"><loopCardinality>${random(4)}</loopCardinality>${condition}</multiInstanceLoopCharacteristics>`
  }
  function multiple(depth: number): Block {
    if (random(2) === 0) return scopeOf(depth, '', loop())
    const key = id('multi')
    return { xml: `<userTask id="${key}">${loop()}</userTask>`, first: key, last: key }
  }
  function race(): Block {
    const gateway = id('race')
    const timer = id('timer')
    const message = id('message')
    const join = id('join')
    return {
      xml: `<eventBasedGateway id="${gateway}"/><intermediateCatchEvent id="${timer}"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent><intermediateCatchEvent id="${message}"><messageEventDefinition messageRef="m${messages++ % 8}"/></intermediateCatchEvent><exclusiveGateway id="${join}"/>${flow(gateway, timer)}${flow(gateway, message)}${flow(timer, join)}${flow(message, join)}`,
      first: gateway,
      last: join,
    }
  }
  function waiting(): Block {
    const key = id('receive')
    return { xml: `<receiveTask id="${key}" messageRef="m${messages++ % 8}"/>`, first: key, last: key }
  }
  function guarded(depth: number): Block {
    const host = random(2) === 0 ? scopeOf(depth, '') : task()
    const boundary = id('boundary')
    const join = id('join')
    const cancels = random(2) === 0
    const after = task()
    const wayBack = cancels ? flow(after.last, join) : ''
    return {
      xml: `${host.xml}<boundaryEvent id="${boundary}" attachedToRef="${host.first}" cancelActivity="${cancels}"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>${after.xml}<exclusiveGateway id="${join}"/>${flow(boundary, after.first)}${wayBack}${flow(host.last, join)}`,
      first: host.first,
      last: join,
    }
  }

  const body = block(4)
  const globals = Array.from({ length: 8 }, (_, index) => `<message id="m${index}" name="message ${index}"/>`).join('')
  return bpmn(`<startEvent id="start"/>${body.xml}<endEvent id="end"/>${flow('start', body.first)}${flow(body.last, 'end')}`, globals)
}
