/** The county's time as the server told it, ticking on: a demonstration lives in a turned year, and no laptop's clock is trusted. */
let offset = 0

export const setCountyNow = (now: number | null) => {
  offset = now === null ? 0 : now - Date.now()
}

export const countyNow = () => Date.now() + offset

/** The county's wall time as forms read it: `2023-12-18T08:30`. */
export function countyWallTime(): string {
  const found = new Map(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Asia/Shanghai',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(countyNow())
      .map((part) => [part.type, part.value]),
  )
  return `${found.get('year')}-${found.get('month')}-${found.get('day')}T${found.get('hour')}:${found.get('minute')}`
}
