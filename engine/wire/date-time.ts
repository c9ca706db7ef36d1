/** `2013-01-23T14:42:45.000+0000`: how Camunda's REST API writes an instant. Ours are always written in UTC. */
export function toWireDate(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '+0000')
}

const PATTERN =
  /^(\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?([+-]\d\d):?(\d\d)$|^(\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?$/

/** The instant that such a text names, in epoch ms; a text without an offset is UTC. Undefined when it is none; `Z` is none, as in Camunda. */
export function fromWireDate(text: string): number | undefined {
  const match = PATTERN.exec(text)
  if (!match) return undefined
  const [, zoned, zonedMs, hours, minutes, plain, plainMs] = match
  const instant = Date.parse(`${zoned ?? plain}.${(zonedMs ?? plainMs ?? '0').padEnd(3, '0')}${zoned ? `${hours}:${minutes}` : 'Z'}`)
  return Number.isNaN(instant) ? undefined : instant
}
