import ExcelJS from 'exceljs'
import type { DetailRow } from './detail-rows.ts'
import { figureColumns, type ReportDefinition } from './report-definition.ts'

/** What the annex prints: no town rows, no states, no marks. Figures by column key, money in fen. */
export interface AnnexParts {
  readonly definition: ReportDefinition
  readonly unitName: string
  readonly filledBy: string
  /** `yyyy-mm-dd` */
  readonly filledOn: string
  readonly period: Readonly<Record<string, number>>
  readonly cumulative: Readonly<Record<string, number>>
  readonly details: readonly DetailRow[]
}

const FONT = { name: '仿宋', size: 11 }
const EDGE = { style: 'thin' as const }
const BORDER = { top: EDGE, left: EDGE, bottom: EDGE, right: EDGE }
const CENTRE = { horizontal: 'center' as const, vertical: 'middle' as const, wrapText: true }
/** F19 beside thirteen columns: 序号 | 企业名称 | 所在镇 | 行业类别 | 挂牌督办单位 | 重大隐患明细及整改计划. */
const DETAIL_SPANS: readonly (readonly [string, number, number])[] = [
  ['序号', 1, 1],
  ['企业名称', 2, 4],
  ['所在镇', 5, 5],
  ['行业类别', 6, 7],
  ['挂牌督办单位', 8, 9],
  ['重大隐患明细及整改计划', 10, 13],
]

/** The work report as the annex of 泽急331 has it: head, two-level header, 非煤矿山, 累计, then 重大隐患明细 (first-loop.md B25). */
export async function exportReport(parts: AnnexParts): Promise<Uint8Array> {
  const { definition } = parts
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('工作报表', {
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.5, right: 0.5, top: 0.7, bottom: 0.7, header: 0.3, footer: 0.3 },
    },
  })
  const width = definition.columns.length
  sheet.columns = definition.columns.map((column) => ({ width: column.kind === 'text' ? 12 : 10.5 }))

  merge(sheet, 1, 1, width, 1).value = definition.annexTitle
  sheet.getCell(1, 1).style = { font: { name: '方正小标宋简体', size: 18 }, alignment: CENTRE }
  sheet.getRow(1).height = 34
  const third = Math.floor(width / 3)
  merge(sheet, 2, 1, third, 2).value = `填报单位：${parts.unitName}`
  merge(sheet, 2, third + 1, 2 * third, 2).value = `填表人：${parts.filledBy}`
  merge(sheet, 2, 2 * third + 1, width, 2).value = `填表日期：${chineseDay(parts.filledOn)}`
  sheet.getRow(2).height = 22
  for (const column of [1, third + 1, 2 * third + 1])
    sheet.getCell(2, column).style = { font: FONT, alignment: { horizontal: 'left', vertical: 'middle' } }

  writeHeader(sheet, definition)
  writeFigures(sheet, 5, definition, definition.rows.period, parts.period, true)
  writeFigures(sheet, 6, definition, definition.rows.cumulative, parts.cumulative, false)
  writeDetails(sheet, 7, width, parts.details)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

function writeHeader(sheet: ExcelJS.Worksheet, definition: ReportDefinition): void {
  const { columns } = definition
  for (let i = 0; i < columns.length; ) {
    const column = columns[i]!
    let last = i
    while (column.group !== null && columns[last + 1]?.group === column.group) last += 1
    if (column.group === null) merge(sheet, 3, i + 1, i + 1, 4).value = column.title
    else {
      merge(sheet, 3, i + 1, last + 1, 3).value = column.group
      for (let k = i; k <= last; k++) sheet.getCell(4, k + 1).value = columns[k]!.title
    }
    i = last + 1
  }
  for (const row of [3, 4]) frame(sheet, row, columns.length, { ...FONT, bold: true })
  sheet.getRow(3).height = 30
  sheet.getRow(4).height = 54
}

/** The units stand in the cells of the row 非煤矿山, as the annex prints them; the row 累计 has plain figures. */
function writeFigures(
  sheet: ExcelJS.Worksheet,
  row: number,
  definition: ReportDefinition,
  title: string,
  figures: Readonly<Record<string, number>>,
  withUnit: boolean,
): void {
  sheet.getCell(row, 1).value = title
  for (const column of figureColumns(definition)) {
    const cell = sheet.getCell(row, definition.columns.findIndex((one) => one.key === column.key) + 1)
    const value = figures[column.key] ?? 0
    const decimals = column.kind === 'money' ? '0.00' : '0'
    cell.value = column.kind === 'money' ? value / 1_000_000 : value
    cell.numFmt = withUnit ? `${decimals}"(${column.unit})"` : decimals
  }
  const formats = definition.columns.map((_, i) => sheet.getCell(row, i + 1).numFmt)
  frame(sheet, row, definition.columns.length, FONT)
  formats.forEach((format, i) => {
    if (format) sheet.getCell(row, i + 1).numFmt = format
  })
  sheet.getRow(row).height = 26
}

function writeDetails(sheet: ExcelJS.Worksheet, from: number, width: number, details: readonly DetailRow[]): void {
  merge(sheet, from, 1, width, from).value = '重大隐患明细'
  frame(sheet, from, width, { ...FONT, bold: true })
  const rows = [
    DETAIL_SPANS.map(([title]) => title),
    ...details.map((row) => [row.seq, row.enterpriseName, row.townName, row.industry, row.listingOrg, row.detailAndPlan]),
  ]
  rows.forEach((values, index) => {
    const at = from + 1 + index
    DETAIL_SPANS.forEach(([, first, last], i) => {
      merge(sheet, at, first, last, at).value = values[i] ?? ''
    })
    frame(sheet, at, width, index === 0 ? { ...FONT, bold: true } : FONT)
    const text = String(values[5] ?? '')
    if (index > 0) sheet.getCell(at, 10).alignment = { ...CENTRE, horizontal: 'left' }
    sheet.getRow(at).height = index === 0 ? 24 : Math.max(24, Math.ceil(text.length / 20) * 16)
  })
}

function merge(sheet: ExcelJS.Worksheet, row: number, first: number, last: number, lastRow: number): ExcelJS.Cell {
  if (first !== last || row !== lastRow) sheet.mergeCells(row, first, lastRow, last)
  return sheet.getCell(row, first)
}

function frame(sheet: ExcelJS.Worksheet, row: number, width: number, font: Partial<ExcelJS.Font>): void {
  for (let column = 1; column <= width; column++) sheet.getCell(row, column).style = { font, alignment: CENTRE, border: BORDER }
}

const chineseDay = (day: string) => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
