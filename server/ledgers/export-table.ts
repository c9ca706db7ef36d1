import ExcelJS from 'exceljs'

const EDGE = { style: 'thin' as const }

/** A table as it is printed: `cells` by column key; a column without a width takes what is left. */
export interface PrintedTable {
  readonly title: string
  /** Below the title: whose it is, and of which day. */
  readonly place: string
  readonly day: string
  readonly columns: readonly { readonly key: string; readonly title: string; readonly width: number }[]
  readonly rows: readonly Readonly<Record<string, string>>[]
}

/** A ledger as .xlsx: title, who exported it when, the columns of the page, one row per line. 序号 stays a number. */
export async function exportTable(table: PrintedTable): Promise<Uint8Array> {
  const { title, place, day, columns, rows } = table
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(title, {
    views: [{ state: 'frozen', ySplit: 3 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  sheet.columns = columns.map((column) => ({ width: column.width === 0 ? 60 : Math.max(8, column.width / 7) }))
  sheet.mergeCells(1, 1, 1, columns.length)
  sheet.getCell(1, 1).value = title
  sheet.getCell(1, 1).style = { font: { name: '方正小标宋简体', size: 16 }, alignment: { horizontal: 'center', vertical: 'middle' } }
  sheet.mergeCells(2, 1, 2, columns.length)
  sheet.getCell(2, 1).value = `${place}　${day}　共 ${rows.length} 项`
  sheet.addRow(columns.map((column) => column.title))
  for (const row of rows) sheet.addRow(columns.map(({ key }) => (key === 'seq' ? Number(row[key]) : (row[key] ?? ''))))
  for (let at = 3; at <= sheet.rowCount; at++) {
    for (let column = 1; column <= columns.length; column++) {
      sheet.getCell(at, column).style = {
        font: { name: '仿宋', size: 11, bold: at === 3 },
        alignment: { vertical: 'middle', wrapText: true, horizontal: at === 3 ? 'center' : 'left' },
        border: { top: EDGE, left: EDGE, bottom: EDGE, right: EDGE },
      }
    }
  }
  return new Uint8Array(await book.xlsx.writeBuffer())
}
