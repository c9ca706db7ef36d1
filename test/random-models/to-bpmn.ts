import type { Activity, Block, Body, Boundary, CaughtEvent, EndEvent, MultiInstance } from './block.ts'

export interface RandomModel {
  /** Name and XML of each process, the main one first. */
  readonly resources: readonly { readonly name: string; readonly content: string }[]
  readonly key: string
  readonly messages: readonly string[]
  readonly signals: readonly string[]
  /** Variables that gateways, loops and conditions read: 0 or 1. */
  readonly choices: readonly string[]
}

/** Writes a body as BPMN. `key` is the id of the process; called ones are `key_ID`. */
export function toBpmn(body: Body, key: string): RandomModel {
  const found = { messages: new Set<string>(), choices: new Set<string>(), signals: new Set<string>() }
  const resources: { name: string; content: string }[] = []
  const writeProcess = (content: Body, id: string): void => {
    // Called processes come after their caller.
    const place = resources.push({ name: `${id}.bpmn`, content: '' }) - 1
    const writer = new ProcessWriter(id, key, found, writeProcess)
    resources[place] = { name: `${id}.bpmn`, content: writer.process(content) }
  }
  writeProcess(body, key)
  return { resources, key, messages: [...found.messages], signals: [...found.signals], choices: [...found.choices] }
}

interface Written {
  readonly xml: string
  readonly entry: string
  /** Null: nothing leads on. */
  readonly exit: string | null
}

const expression = (name: string, text: string | number): string => `<${name} xsi:type="tFormalExpression">${text}</${name}>`

class ProcessWriter {
  private readonly id: string
  private readonly key: string
  private readonly found: { messages: Set<string>; choices: Set<string>; signals: Set<string> }
  private readonly call: (body: Body, id: string) => void
  private readonly messages = new Set<string>()
  /** Associations: the schema wants them behind all flow elements of their scope. */
  private associations = ''
  private flows = 0

  constructor(id: string, key: string, found: ProcessWriter['found'], call: (body: Body, id: string) => void) {
    this.id = id
    this.key = key
    this.found = found
    this.call = call
  }

  process(body: Body): string {
    const content = this.body(body, 'process')
    const messages = [...this.messages].map((of) => `<message id="m_${of}" name="${this.key}_m_${of}"/>`).join('')
    return `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="random"><signal id="the_signal" name="${this.key}_s"/><escalation id="the_escalation" escalationCode="E"/><error id="the_error" errorCode="X"/>${messages}<process id="${this.id}" isExecutable="true" camunda:historyTimeToLive="P30D">${content}</process></definitions>`
  }

  private flow(from: string | null, to: string, condition?: string): string {
    if (from === null) return ''
    return `<sequenceFlow id="${this.id}_f${++this.flows}" sourceRef="${from}" targetRef="${to}">${condition ? expression('conditionExpression', condition) : ''}</sequenceFlow>`
  }

  private choice(name: string): string {
    this.found.choices.add(name)
    return `\${${name} == 1}`
  }

  private catching(event: CaughtEvent, id: string): string {
    switch (event) {
      case 'timer':
        return `<timerEventDefinition>${expression('timeDuration', 'P900D')}</timerEventDefinition>`
      case 'message':
        this.messages.add(id)
        this.found.messages.add(`${this.key}_m_${id}`)
        return `<messageEventDefinition messageRef="m_${id}"/>`
      case 'signal':
        // one signal, so that a thrown one finds somebody
        this.found.signals.add(`${this.key}_s`)
        return '<signalEventDefinition signalRef="the_signal"/>'
      case 'conditional':
        return `<conditionalEventDefinition>${expression('condition', this.choice(`${id}_if`))}</conditionalEventDefinition>`
      case 'escalation':
        return '<escalationEventDefinition escalationRef="the_escalation"/>'
      case 'error':
        return '<errorEventDefinition errorRef="the_error"/>'
      case 'cancel':
        return '<cancelEventDefinition/>'
      case 'compensation':
        return '<compensateEventDefinition/>'
    }
  }

  private throwing(event: EndEvent): string {
    if (event === 'none') return ''
    if (event === 'terminate') return '<terminateEventDefinition/>'
    return this.catching(event, '')
  }

  private body(body: Body, id: string): string {
    const outer = this.associations
    this.associations = ''
    const inner = this.write(body.block)
    const own = this.associations
    const events = body.eventSubprocesses.map((each) => {
      this.associations = ''
      const then = this.write(each.body)
      return `<subProcess id="${each.id}" triggeredByEvent="true"><startEvent id="${each.id}_start" isInterrupting="${each.interrupting}">${this.catching(each.event, `${each.id}_start`)}</startEvent>${this.flow(`${each.id}_start`, then.entry)}${then.xml}${this.flow(then.exit, `${each.id}_end`)}<endEvent id="${each.id}_end"/>${this.associations}</subProcess>`
    })
    this.associations = outer
    return `<startEvent id="${id}_start"/>${this.flow(`${id}_start`, inner.entry)}${inner.xml}${this.flow(inner.exit, `${id}_end`)}<endEvent id="${id}_end">${this.throwing(body.end)}</endEvent>${events.join('')}${own}`
  }

  private activity(tag: string, it: Activity, attributes: string, extension: string, content: string): Written {
    const log = (event: string) =>
      `<camunda:executionListener event="${event}" expression="\${execution.setVariable('log', log.concat('${it.id}${event === 'start' ? '+' : '-'} '))}"/>`
    const listeners = it.logged ? log('start') + log('end') : ''
    const mapping = it.mapped
      ? '<camunda:inputOutput><camunda:inputParameter name="mapped">${1 + 1}</camunda:inputParameter></camunda:inputOutput>'
      : ''
    const inside = `${listeners}${mapping}${extension}`
    const async = it.async === 'before' ? ' camunda:asyncBefore="true"' : it.async === 'after' ? ' camunda:asyncAfter="true"' : ''
    const xml = `<${tag} id="${it.id}"${attributes}${async}>${inside ? `<extensionElements>${inside}</extensionElements>` : ''}${this.multi(it.multi)}${content}</${tag}>`
    return {
      xml: `${xml}${it.boundaries.map((each) => this.boundary(it.id, each)).join('')}${this.compensation(it)}`,
      entry: it.id,
      exit: it.id,
    }
  }

  private compensation({ id, handler }: Activity): string {
    if (!handler) return ''
    const tag = handler.kind === 'user' ? 'userTask' : 'manualTask'
    this.associations += `<association id="${handler.id}_of" associationDirection="One" sourceRef="${handler.id}_on" targetRef="${handler.id}"/>`
    return `<boundaryEvent id="${handler.id}_on" attachedToRef="${id}"><compensateEventDefinition/></boundaryEvent><${tag} id="${handler.id}" isForCompensation="true"/>`
  }

  private multi(setting: MultiInstance | undefined): string {
    if (!setting) return ''
    const enough = setting.enough ? expression('completionCondition', `\${nrOfCompletedInstances &gt;= ${setting.enough}}`) : ''
    return `<multiInstanceLoopCharacteristics isSequential="${setting.sequential}"${setting.async ? ' camunda:asyncBefore="true"' : ''}>${expression('loopCardinality', setting.count)}${enough}</multiInstanceLoopCharacteristics>`
  }

  private boundary(host: string, { id, event, interrupting, after }: Boundary): string {
    const then = after && this.write(after)
    const end = `<endEvent id="${id}_end"/>`
    const path = then
      ? `${this.flow(id, then.entry)}${then.xml}${this.flow(then.exit, `${id}_end`)}${end}`
      : `${this.flow(id, `${id}_end`)}${end}`
    return `<boundaryEvent id="${id}" attachedToRef="${host}" cancelActivity="${interrupting}">${this.catching(event, id)}</boundaryEvent>${path}`
  }

  private write(piece: Block): Written {
    switch (piece.kind) {
      case 'user':
        return this.activity('userTask', piece, '', '', '')
      case 'external':
        return this.activity('serviceTask', piece, ` camunda:type="external" camunda:topic="${this.key}_${piece.id}"`, '', '')
      case 'receive':
        this.catching('message', piece.id)
        return this.activity('receiveTask', piece, ` messageRef="m_${piece.id}"`, '', '')
      case 'pass':
        return this.activity('manualTask', piece, '', '', '')
      case 'script':
        return this.activity(
          'scriptTask',
          piece,
          ' scriptFormat="juel"',
          '',
          `<script>\${execution.setVariable('log', log.concat('${piece.id} '))}</script>`,
        )
      case 'subprocess':
      case 'transaction':
        return this.activity(piece.kind === 'subprocess' ? 'subProcess' : 'transaction', piece, '', '', this.body(piece.body, piece.id))
      case 'call':
        this.call(piece.body, `${this.id}_${piece.id}`)
        return this.activity('callActivity', piece, ` calledElement="${this.id}_${piece.id}"`, '<camunda:in variables="all"/>', '')
      case 'catch':
        return one(piece.id, `<intermediateCatchEvent id="${piece.id}">${this.catching(piece.event, piece.id)}</intermediateCatchEvent>`)
      case 'throw':
        return one(piece.id, `<intermediateThrowEvent id="${piece.id}">${this.throwing(piece.event)}</intermediateThrowEvent>`)
      case 'end':
        return { ...one(piece.id, `<endEvent id="${piece.id}">${this.throwing(piece.event)}</endEvent>`), exit: null }
      case 'link':
        return {
          xml: `<intermediateThrowEvent id="${piece.id}"><linkEventDefinition name="${piece.id}"/></intermediateThrowEvent><intermediateCatchEvent id="${piece.id}_to"><linkEventDefinition name="${piece.id}"/></intermediateCatchEvent>`,
          entry: piece.id,
          exit: `${piece.id}_to`,
        }
      case 'sequence':
        return this.sequence(piece.blocks)
      case 'exclusive':
      case 'inclusive':
      case 'parallel':
        return this.gateways(piece.id, piece.kind, piece.branches)
      case 'split':
        return this.split(piece.id, piece.branches)
      case 'event-based': {
        const parts = piece.branches.map((branch) => {
          const then = this.write(branch.after)
          return `${this.flow(piece.id, branch.id)}<intermediateCatchEvent id="${branch.id}">${this.catching(branch.event, branch.id)}</intermediateCatchEvent>${this.flow(branch.id, then.entry)}${then.xml}${this.flow(then.exit, `${piece.id}_join`)}`
        })
        return {
          xml: `<eventBasedGateway id="${piece.id}"/>${parts.join('')}<exclusiveGateway id="${piece.id}_join"/>`,
          entry: piece.id,
          exit: `${piece.id}_join`,
        }
      }
      case 'loop':
        return this.loop(piece.id, piece.body)
      case 'free':
        return this.free(piece)
    }
  }

  private sequence(blocks: readonly Block[]): Written {
    const parts = blocks.map((block) => this.write(block))
    const first = parts[0] as Written
    let xml = first.xml
    let exit = first.exit
    for (const part of parts.slice(1)) {
      xml += part.xml + this.flow(exit, part.entry)
      exit = part.exit
    }
    return { xml, entry: first.entry, exit }
  }

  private gateways(id: string, kind: 'exclusive' | 'inclusive' | 'parallel', branches: readonly Block[]): Written {
    const parts = branches.map((branch) => this.write(branch))
    const tag = `${kind}Gateway`
    const outs = parts.map((part, index) =>
      kind === 'parallel' || index === parts.length - 1
        ? this.flow(id, part.entry)
        : this.flow(id, part.entry, this.choice(`${id}_${index}`)),
    )
    const fallback = kind === 'parallel' ? '' : ` default="${this.id}_f${this.flows}"`
    const ins = parts.map((part) => this.flow(part.exit, `${id}_join`))
    return {
      xml: `<${tag} id="${id}"${fallback}/>${parts.map((part) => part.xml).join('')}${outs.join('')}${ins.join('')}<${tag} id="${id}_join"/>`,
      entry: id,
      exit: `${id}_join`,
    }
  }

  /** Conditional flows out of a task, without a gateway. */
  private split(id: string, branches: readonly Block[]): Written {
    const parts = branches.map((branch) => this.write(branch))
    const outs = parts.map((part, index) => this.flow(id, part.entry, index === 0 ? undefined : this.choice(`${id}_${index}`)))
    const ins = parts.map((part) => this.flow(part.exit, `${id}_join`))
    return {
      xml: `<userTask id="${id}"/>${parts.map((part) => part.xml).join('')}${outs.join('')}${ins.join('')}<inclusiveGateway id="${id}_join"/>`,
      entry: id,
      exit: `${id}_join`,
    }
  }

  private loop(id: string, block: Block): Written {
    const body = this.write(block)
    const again = this.flow(`${id}_out`, id, this.choice(`${id}_again`))
    const on = this.flow(`${id}_out`, `${id}_done`)
    const fallback = `${this.id}_f${this.flows}`
    const inside = `${this.flow(id, body.entry)}${body.xml}${this.flow(body.exit, `${id}_ask`)}${this.flow(`${id}_ask`, `${id}_out`)}`
    return {
      xml: `<exclusiveGateway id="${id}"/>${inside}<userTask id="${id}_ask"/><exclusiveGateway id="${id}_out" default="${fallback}"/>${again}<manualTask id="${id}_done"/>${on}`,
      entry: id,
      exit: `${id}_done`,
    }
  }

  private free({ nodes }: Extract<Block, { kind: 'free' }>): Written {
    const xml = nodes.map(({ id, kind, to }) => {
      const conditional = kind === 'exclusive' || kind === 'inclusive' || kind === 'user'
      const outs = to.map((target, index) =>
        this.flow(
          id,
          (nodes[target] as { id: string }).id,
          conditional && index < to.length - 1 ? this.choice(`${id}_${index}`) : undefined,
        ),
      )
      const isGateway = kind === 'exclusive' || kind === 'inclusive'
      const fallback = isGateway && to.length > 1 ? ` default="${this.id}_f${this.flows}"` : ''
      const tag = kind === 'user' ? 'userTask' : kind === 'pass' ? 'manualTask' : `${kind}Gateway`
      return `<${tag} id="${id}"${fallback}/>${outs.join('')}`
    })
    return { xml: xml.join(''), entry: nodes[0]?.id ?? '', exit: nodes.at(-1)?.id ?? null }
  }
}

const one = (id: string, xml: string): Written => ({ xml, entry: id, exit: id })
