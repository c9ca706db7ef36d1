/** The only names that an expression can begin with: data, never the form object or the environment. */
export const ROOT_NAMES = [
  '$deps',
  '$values',
  '$record',
  '$index',
  '$self',
  '$user',
  '$node',
  '$now',
  '$today',
  '$settings',
  '$root',
  '$stored',
] as const
export type RootName = (typeof ROOT_NAMES)[number]

/** What the names stand for in one evaluation. Absent names are undefined. */
export type ExpressionScope = Partial<Record<RootName, unknown>>

/** Members through which JavaScript code could be reached or a prototype changed. */
export const FORBIDDEN_MEMBERS: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  'caller',
  'callee',
  'arguments',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
])
