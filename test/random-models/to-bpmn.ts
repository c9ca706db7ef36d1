import type { Block, Boundary, MultiInstance } from './block.ts'

export interface RandomModel {
  /** Name → XML of each process, the main one first. */
  readonly resources: readonly { readonly name: string; readonly content: string }[]
  readonly key: string
  readonly messages: readonly string[]
  readonly signals: readonly string[]
  /** Variables that exclusive and inclusive gateways and loops read. */
  readonly choices: readonly string[]
}

/** Writes a block as BPMN. `key` is the id of the process; called ones are `key_ID`. */
export function toBpmn(block: Block, key: string): RandomModel {
  const messages = new Set<string>()
  const signals = new Set<string>()
  const choices = new Set<string>()
  const resources: { name: string; content: string }[] = []

  const definition = (event: Boundary['event'], id: string): string => {
    switch (event) {
      case 'timer':
        return '<timerEventDefinition><timeDuration xsi:type="tFormalExpression">P900D</timeDuration></timerEventDefinition>'
      case 'message':
        messages.add(`${key}_m_${id}`)
        return `<messageEventDefinition messageRef="m_${id}"/>`
      case 'signal':
        // few signals, so that a thrown one finds somebody
        signals.add(`${key}_s`)
        return '<signalEventDefinition signalRef="the_signal"/>'
      case 'escalation':
        return '<escalationEventDefinition escalationRef="the_escalation"/>'
      case 'error':
        return '<errorEventDefinition errorRef="the_error"/>'
    }
  }

  const writeProcess = (body: Block, id: string, main: boolean): void => {
    const used = new Set<string>()
    let flows = 0
    const flow = (from: string, to: string, condition?: string) =>
      `<sequenceFlow id="${id}_f${++flows}" sourceRef="${from}" targetRef="${to}">${condition ? `<conditionExpression xsi:type="tFormalExpression">${condition}</conditionExpression>` : ''}</sequenceFlow>`
    const define = (event: Boundary['event'], of: string) => {
      if (event === 'message') used.add(of)
      return definition(event, of)
    }
    const multi = (setting: MultiInstance | undefined) =>
      setting
        ? `<multiInstanceLoopCharacteristics isSequential="${setting.sequential}"><loopCardinality xsi:type="tFormalExpression">${setting.count}</loopCardinality>${setting.enough ? `<completionCondition xsi:type="tFormalExpression">\${nrOfCompletedInstances &gt;= ${setting.enough}}</completionCondition>` : ''}</multiInstanceLoopCharacteristics>`
        : ''
    const atEdge = (host: string, boundaries: readonly Boundary[]) =>
      boundaries
        .map((boundary) => {
          const then = write(boundary.after)
          return `<boundaryEvent id="${boundary.id}" attachedToRef="${host}" cancelActivity="${boundary.interrupting}">${define(boundary.event, boundary.id)}</boundaryEvent>${flow(boundary.id, then.entry)}${then.xml}${flow(then.exit, `${boundary.id}_end`)}<endEvent id="${boundary.id}_end"/>`
        })
        .join('')

    const write = (piece: Block): { xml: string; entry: string; exit: string } => {
      switch (piece.kind) {
        case 'user':
          return {
            xml: `<userTask id="${piece.id}">${multi(piece.multi)}</userTask>${atEdge(piece.id, piece.boundaries)}`,
            entry: piece.id,
            exit: piece.id,
          }
        case 'external':
          return {
            xml: `<serviceTask id="${piece.id}" camunda:type="external" camunda:topic="${key}_${piece.id}"/>${atEdge(piece.id, piece.boundaries)}`,
            entry: piece.id,
            exit: piece.id,
          }
        case 'receive':
          used.add(piece.id)
          messages.add(`${key}_m_${piece.id}`)
          return { xml: `<receiveTask id="${piece.id}" messageRef="m_${piece.id}"/>`, entry: piece.id, exit: piece.id }
        case 'pass':
          return { xml: `<manualTask id="${piece.id}"/>`, entry: piece.id, exit: piece.id }
        case 'catch':
          return {
            xml: `<intermediateCatchEvent id="${piece.id}">${define(piece.event, piece.id)}</intermediateCatchEvent>`,
            entry: piece.id,
            exit: piece.id,
          }
        case 'throw':
          return {
            xml: `<intermediateThrowEvent id="${piece.id}">${define(piece.event, piece.id)}</intermediateThrowEvent>`,
            entry: piece.id,
            exit: piece.id,
          }
        case 'sequence': {
          const parts = piece.blocks.map(write)
          const joints = parts.slice(1).map((part, index) => flow(parts[index]!.exit, part.entry))
          return { xml: parts.map((part) => part.xml).join('') + joints.join(''), entry: parts[0]!.entry, exit: parts.at(-1)!.exit }
        }
        case 'exclusive':
        case 'inclusive':
        case 'parallel': {
          const parts = piece.branches.map(write)
          const tag = `${piece.kind}Gateway`
          const outs = parts.map((part, index) => {
            if (piece.kind === 'parallel') return flow(piece.id, part.entry)
            const choice = `${piece.id}_${index}`
            choices.add(choice)
            return flow(piece.id, part.entry, index === parts.length - 1 ? undefined : `\${${choice} == 1}`)
          })
          const fallback = piece.kind === 'parallel' ? '' : ` default="${id}_f${flows}"`
          const ins = parts.map((part) => flow(part.exit, `${piece.id}_join`))
          return {
            xml: `<${tag} id="${piece.id}"${fallback}/>${parts.map((part) => part.xml).join('')}${outs.join('')}${ins.join('')}<${tag} id="${piece.id}_join"/>`,
            entry: piece.id,
            exit: `${piece.id}_join`,
          }
        }
        case 'event-based': {
          const parts = piece.branches.map((branch) => {
            const then = write(branch.after)
            return `${flow(piece.id, branch.id)}<intermediateCatchEvent id="${branch.id}">${define(branch.event, branch.id)}</intermediateCatchEvent>${flow(branch.id, then.entry)}${then.xml}${flow(then.exit, `${piece.id}_join`)}`
          })
          return {
            xml: `<eventBasedGateway id="${piece.id}"/>${parts.join('')}<exclusiveGateway id="${piece.id}_join"/>`,
            entry: piece.id,
            exit: `${piece.id}_join`,
          }
        }
        case 'subprocess': {
          const body = write(piece.body)
          const ends = {
            none: '',
            terminate: '<terminateEventDefinition/>',
            error: '<errorEventDefinition errorRef="the_error"/>',
            escalation: '<escalationEventDefinition escalationRef="the_escalation"/>',
          }
          const inner = piece.eventSubprocess
          const event = inner
            ? (() => {
                const innerBody = write(inner.body)
                return `<subProcess id="${inner.id}" triggeredByEvent="true"><startEvent id="${inner.id}_start" isInterrupting="${inner.interrupting}">${define(inner.event, `${inner.id}_start`)}</startEvent>${flow(`${inner.id}_start`, innerBody.entry)}${innerBody.xml}${flow(innerBody.exit, `${inner.id}_end`)}<endEvent id="${inner.id}_end"/></subProcess>`
              })()
            : ''
          return {
            xml: `<subProcess id="${piece.id}">${multi(piece.multi)}<startEvent id="${piece.id}_start"/>${flow(`${piece.id}_start`, body.entry)}${body.xml}${flow(body.exit, `${piece.id}_end`)}<endEvent id="${piece.id}_end">${ends[piece.end]}</endEvent>${event}</subProcess>${atEdge(piece.id, piece.boundaries)}`,
            entry: piece.id,
            exit: piece.id,
          }
        }
        case 'call': {
          writeProcess(piece.called, `${id}_${piece.id}`, false)
          return {
            xml: `<callActivity id="${piece.id}" calledElement="${id}_${piece.id}"><extensionElements><camunda:in variables="all"/></extensionElements></callActivity>${atEdge(piece.id, piece.boundaries)}`,
            entry: piece.id,
            exit: piece.id,
          }
        }
        case 'loop': {
          const body = write(piece.body)
          const choice = `${piece.id}_again`
          choices.add(choice)
          return {
            xml: `<exclusiveGateway id="${piece.id}"/>${flow(piece.id, body.entry)}${body.xml}${flow(body.exit, `${piece.id}_ask`)}<userTask id="${piece.id}_ask"/>${flow(`${piece.id}_ask`, `${piece.id}_out`)}<exclusiveGateway id="${piece.id}_out" default="${id}_f${flows + 2}"/>${flow(`${piece.id}_out`, piece.id, `\${${choice} == 1}`)}<manualTask id="${piece.id}_done"/>${flow(`${piece.id}_out`, `${piece.id}_done`)}`,
            entry: piece.id,
            exit: `${piece.id}_done`,
          }
        }
      }
    }

    const whole = write(body)
    const xml = `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="random"><signal id="the_signal" name="${key}_s"/><escalation id="the_escalation" escalationCode="E"/><error id="the_error" errorCode="X"/>${[...used].map((of) => `<message id="m_${of}" name="${key}_m_${of}"/>`).join('')}<process id="${id}" isExecutable="true" camunda:historyTimeToLive="P30D"><startEvent id="start"/>${flow('start', whole.entry)}${whole.xml}${flow(whole.exit, 'end')}<endEvent id="end"/></process></definitions>`
    const resource = { name: `${id}.bpmn`, content: xml }
    if (main) resources.unshift(resource)
    else resources.push(resource)
  }

  writeProcess(block, key, true)
  return { resources, key, messages: [...messages], signals: [...signals], choices: [...choices] }
}
