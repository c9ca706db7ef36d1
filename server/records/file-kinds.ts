import { Refusal } from '../http/problem.ts'

/** What may be uploaded: sniffed type, endings that may name it, whether a browser may show it in the page. */
const KINDS = [
  { mime: 'image/jpeg', endings: ['jpg', 'jpeg', 'jfif'], inline: true },
  { mime: 'image/png', endings: ['png'], inline: true },
  { mime: 'image/webp', endings: ['webp'], inline: true },
  { mime: 'image/heic', endings: ['heic', 'heif'], inline: false },
  { mime: 'application/pdf', endings: ['pdf'], inline: true },
  { mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', endings: ['docx'], inline: false },
  { mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'], inline: false },
  { mime: 'video/mp4', endings: ['mp4'], inline: false },
] as const

export const MAX_FILE_BYTES = 20 * 1024 * 1024

/** The type by the file's bytes alone. Refuses what is not on the list, and a name or a declared type that says otherwise. */
export function acceptedMime(sniffed: string | undefined, name: string, declared: string): string {
  const kind = KINDS.find((it) => it.mime === sniffed)
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : ''
  const claims = KINDS.find((it) => it.endings.some((known) => known === ending) || it.mime === declared)
  if (!kind) throw new Refusal(claims ? 'file-type-mismatch' : 'unsupported-file', { data: { name } })
  const named = ending === '' || kind.endings.some((known) => known === ending)
  const said =
    declared === '' ||
    declared === 'application/octet-stream' ||
    declared === kind.mime ||
    (kind.mime === 'image/jpeg' && declared === 'image/jpg')
  if (!named || !said) throw new Refusal('file-type-mismatch', { data: { name } })
  return kind.mime
}

export const maySitInPage = (mime: string): boolean => KINDS.some((kind) => kind.mime === mime && kind.inline)

/** A name that is safe to store and to print: no folders, no control signs, no direction overrides, at most 120 signs. */
export function safeName(name: string): string {
  const base = name.replaceAll('\\', '/').split('/').at(-1) ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const clean = base.replaceAll(/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069"<>|:*?]/g, '').trim()
  const short = [...clean].length > 120 ? [...clean].slice(-120).join('') : clean
  return short === '' || short === '.' || short === '..' ? '文件' : short
}
