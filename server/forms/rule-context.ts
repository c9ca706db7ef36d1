import type { FormDefinition } from '../../contracts/form-definition.ts'
import type { RuleContext, Values } from '../../contracts/form-rules/index.ts'

/** What rules may read besides the form: the county's local time (`now` is epoch ms), the person, the node, settings of the county. */
export function ruleContext(input: {
  now: number
  timeZone?: string
  user?: Values
  node?: Values
  settings?: Values
  stored?: Values
}): RuleContext {
  const { now, timeZone = 'Asia/Shanghai', ...rest } = input
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(now)
      .map((part) => [part.type, part.value]),
  )
  return { ...rest, now: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}T${parts.get('hour')}:${parts.get('minute')}` }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** The context as the page gets it: the person and the node, and only those settings of the county that the form's rules name. */
export function seenContext(form: Pick<FormDefinition, 'schema'>, context: RuleContext): { user: Values; node: Values; settings: Values } {
  const rules = JSON.stringify(form.schema)
  const settings = Object.fromEntries(Object.entries(context.settings ?? {}).filter(([key]) => rules.includes(`$settings.${key}`)))
  return { user: context.user ?? {}, node: context.node ?? {}, settings }
}
