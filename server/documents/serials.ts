/** Series of document numbers: what stands between the county's sign and the year. */
const SERIES = { listing: '应急督', suspension: '应急停' } as const
export type Serial = keyof typeof SERIES

export function isSerial(text: string): text is Serial {
  return Object.hasOwn(SERIES, text)
}

/** 泽应急督〔2023〕1号: the first character of the county's short name, the series, the year in six-cornered brackets. */
export function documentNo(countyShortName: string, serial: Serial, { year, value }: { year: number; value: number }): string {
  return `${[...countyShortName][0] ?? ''}${SERIES[serial]}〔${year}〕${value}号`
}
