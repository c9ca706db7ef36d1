import type { Operand } from './operand.ts'

/** What a method may use besides its arguments. */
export interface MemberContext {
  readonly now: number
  readonly zone: string
}

/** A method of one type of the allow-list: how many arguments it takes and what it does. */
export interface Method<Target> {
  readonly arity: readonly number[]
  readonly run: (target: Target, args: readonly Operand[], context: MemberContext) => Operand
}

/** Everything of one type that an expression can reach. A property `x` is also the method `getX()` (and `isX()`). */
export interface MemberTable<Target> {
  readonly methods: Readonly<Record<string, Method<Target>>>
  readonly properties: Readonly<Record<string, (target: Target, context: MemberContext) => Operand>>
}

export const method = <Target>(arity: number | readonly number[], run: Method<Target>['run']): Method<Target> => ({
  arity: typeof arity === 'number' ? [arity] : arity,
  run,
})

/** The property's name in `getAssignee` or `isCanceled`; undefined for other names. */
export function propertyOfGetter(name: string): string | undefined {
  const match = /^(?:get|is)(\p{Lu}.*)$/u.exec(name)
  return match?.[1] && match[1].charAt(0).toLowerCase() + match[1].slice(1)
}
