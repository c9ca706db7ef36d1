import { wallTime } from '../../contracts/wall-time.ts'

/** The county's time as the server told it, ticking on: a demonstration lives in a turned year, and no laptop's clock is trusted. */
let offset = 0

export const setCountyNow = (now: number | null) => {
  offset = now === null ? 0 : now - Date.now()
}

export const countyNow = () => Date.now() + offset

/** The county's wall time as forms read it: `2023-12-18T08:30`. */
export const countyWallTime = (): string => wallTime(countyNow())
