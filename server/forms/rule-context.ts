import type { FormDefinition } from '../../contracts/form-definition.ts'
import type { RuleContext, Values } from '../../contracts/form-rules/index.ts'
import { wallTime } from '../../contracts/wall-time.ts'

/** What rules may read besides the form: the county's local time (`now` is epoch ms), the person, the node, settings of the county. */
export function ruleContext(input: {
  now: number
  timeZone?: string
  user?: Values
  node?: Values
  settings?: Values
  stored?: Values
}): RuleContext {
  const { now, timeZone, ...rest } = input
  return { ...rest, now: wallTime(now, timeZone) }
}

/** The context as the page gets it: the person and the node, and only those settings of the county that the form's rules name. */
export function seenContext(form: Pick<FormDefinition, 'schema'>, context: RuleContext): { user: Values; node: Values; settings: Values } {
  const rules = JSON.stringify(form.schema)
  const settings = Object.fromEntries(Object.entries(context.settings ?? {}).filter(([key]) => rules.includes(`$settings.${key}`)))
  return { user: context.user ?? {}, node: context.node ?? {}, settings }
}
