import ExcelJS from 'exceljs'
import type { HazardLine, Names } from './hazard-line.ts'
import type { LedgerDefinition } from './ledger-definition.ts'
import { cellsOf } from './ledger-page.ts'

const EDGE = { style: 'thin' as const }

/** A ledger as .xlsx: title, who exported it when, the columns of the page, one row per hazard. */
export async function exportLedger(
  ledger: LedgerDefinition,
  lines: readonly HazardLine[],
  names: Names,
  head: { place: string; day: string },
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(ledger.title, {
    views: [{ state: 'frozen', ySplit: 3 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  const width = ledger.columns.length
  sheet.columns = ledger.columns.map((column) => ({ width: column.width === 0 ? 60 : Math.max(8, column.width / 7) }))
  sheet.mergeCells(1, 1, 1, width)
  sheet.getCell(1, 1).value = ledger.title
  sheet.getCell(1, 1).style = { font: { name: '方正小标宋简体', size: 16 }, alignment: { horizontal: 'center', vertical: 'middle' } }
  sheet.mergeCells(2, 1, 2, width)
  sheet.getCell(2, 1).value = `${head.place}　${head.day}　共 ${lines.length} 项`
  sheet.addRow(ledger.columns.map((column) => column.title))
  lines.forEach((line, index) => {
    const cells = cellsOf(ledger, line, index + 1, names)
    sheet.addRow(ledger.columns.map((column) => (column.key === 'seq' ? index + 1 : (cells[column.key] ?? ''))))
  })
  for (let row = 3; row <= sheet.rowCount; row++) {
    for (let column = 1; column <= width; column++) {
      const cell = sheet.getCell(row, column)
      cell.style = {
        font: { name: '仿宋', size: 11, bold: row === 3 },
        alignment: { vertical: 'middle', wrapText: true, horizontal: row === 3 ? 'center' : 'left' },
        border: { top: EDGE, left: EDGE, bottom: EDGE, right: EDGE },
      }
    }
  }
  return new Uint8Array(await book.xlsx.writeBuffer())
}
