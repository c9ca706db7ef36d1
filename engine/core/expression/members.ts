import { nullValue } from '../value.ts'
import { describe, lift, toInteger, toText, toValue } from './coerce.ts'
import { ExpressionError } from './failure.ts'
import type { BeanHost, Host } from './host.ts'
import { executionMembers, externalTaskMembers, taskMembers } from './host-members.ts'
import { jsonMembers } from './json-members.ts'
import { type MemberContext, type MemberTable, propertyOfGetter } from './member-table.ts'
import type { Operand } from './operand.ts'
import { dateMembers, dateTimeMembers, listMembers, mapMembers, numberMembers, textMembers, truthMembers } from './value-members.ts'

/** A table together with the operand it fits. */
interface Bound {
  readonly run: (name: string, args: readonly Operand[], context: MemberContext) => Operand | undefined
  readonly get: (name: string, context: MemberContext) => Operand | undefined
}

function bind<Target>(table: MemberTable<Target>, target: Target): Bound {
  const get: Bound['get'] = (name, context) =>
    Object.hasOwn(table.properties, name) ? table.properties[name]?.(target, context) : undefined
  return {
    get,
    run: (name, args, context) => {
      const found = Object.hasOwn(table.methods, name) ? table.methods[name] : undefined
      if (found?.arity.includes(args.length)) return found.run(target, args, context)
      const property = args.length === 0 ? propertyOfGetter(name) : undefined
      return property === undefined ? undefined : get(property, context)
    },
  }
}

/** The one place that says which table serves which type. */
function membersOf(operand: Operand): Bound | undefined {
  switch (operand.t) {
    case 'String':
      return bind(textMembers, operand)
    case 'Boolean':
      return bind(truthMembers, operand)
    case 'Short':
    case 'Integer':
    case 'Long':
    case 'Double':
      return bind(numberMembers, operand)
    case 'Date':
      return bind(dateMembers, operand)
    case 'DateTime':
      return bind(dateTimeMembers, operand)
    case 'List':
      return bind(listMembers, operand)
    case 'Map':
      return bind(mapMembers, operand)
    case 'Json':
      return bind(jsonMembers, operand)
    case 'Host':
      return membersOfHost(operand.v)
    default:
      return undefined
  }
}

function membersOfHost(host: Host): Bound {
  switch (host.kind) {
    case 'execution':
      return bind(executionMembers, host)
    case 'task':
      return bind(taskMembers, host)
    case 'externalTask':
      return bind(externalTaskMembers, host)
    case 'bean':
      return { get: () => undefined, run: (name, args) => callBean(host, name, args) }
  }
}

function callBean({ methods, name: bean }: BeanHost, name: string, args: readonly Operand[]): Operand | undefined {
  if (!Object.hasOwn(methods, name)) return undefined
  try {
    return methods[name]?.(...args.map(toValue))
  } catch (error) {
    throw new ExpressionError('handler-failed', `${bean}.${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** `target.name` */
export function readMember(target: Operand, name: string, context: MemberContext): Operand {
  if (target.t === 'Null') return nullValue
  const lifted = lift(target)
  if (lifted.t === 'Map') return lifted.v.get(name) ?? nullValue
  const found = membersOf(lifted)?.get(name, context)
  if (found === undefined) throw new ExpressionError('unknown-member', `${describe(target)} has no property '${name}'`)
  return found
}

/** `target[index]` */
export function readIndex(target: Operand, index: Operand, context: MemberContext): Operand {
  if (target.t === 'Null' || index.t === 'Null') return nullValue
  const lifted = lift(target)
  if (lifted.t === 'List') return lifted.v[toInteger(index)] ?? nullValue
  return readMember(lifted, toText(index, context.zone), context)
}

/** `target.name(…)` */
export function callMethod(target: Operand, name: string, args: readonly Operand[], context: MemberContext): Operand {
  if (target.t === 'Null') throw new ExpressionError('unknown-member', `cannot find method '${name}' of null`)
  const own = target.t === 'Json' ? membersOf(target)?.run(name, args, context) : undefined
  const found = own ?? membersOf(lift(target))?.run(name, args, context)
  if (found === undefined)
    throw new ExpressionError('unknown-member', `${describe(target)} has no method '${name}' with ${args.length} arguments`)
  return found
}
