import { existsSync, readFileSync } from 'node:fs'
import Docxtemplater from 'docxtemplater'
import PizZip from 'pizzip'

const SHIPPED = new URL('./templates/', import.meta.url)
const COUNTIES = new URL('./counties/', import.meta.url)

/** The template of a county, `counties/<code>/<key>.docx`, or the one that ships. */
function templateOf(countyCode: string, key: string): Buffer {
  if (!/^[a-z0-9-]+$/.test(key) || !/^\d{6}$/.test(countyCode)) throw new Error(`no template ${key} of county ${countyCode}`)
  const own = new URL(`${countyCode}/${key}.docx`, COUNTIES)
  return readFileSync(existsSync(own) ? own : new URL(`${key}.docx`, SHIPPED))
}

/** Fills a .docx template: `{name}` is replaced, `{#name}…{/name}` stays only where there is a value. A missing value prints nothing. */
export function fillTemplate(countyCode: string, key: string, values: Readonly<Record<string, string>>): Uint8Array {
  const document = new Docxtemplater(new PizZip(templateOf(countyCode, key)), {
    paragraphLoop: true,
    linebreaks: true,
    nullGetter: () => '',
  })
  document.render(values)
  return new Uint8Array(document.getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' }))
}
