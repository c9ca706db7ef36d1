const TYPES: Readonly<Record<string, string>> = {
  bpmn: 'application/xml',
  dmn: 'application/xml',
  xml: 'application/xml',
  cmmn: 'application/xml',
  json: 'application/json',
  form: 'application/json',
  html: 'text/html',
  txt: 'text/plain',
  js: 'application/javascript',
  png: 'image/png',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
}

/** By the ending of a file's name. */
export function contentTypeOf(name: string): string {
  const ending = name.replace(/^.*\./, '').toLowerCase()
  return (Object.hasOwn(TYPES, ending) ? TYPES[ending] : undefined) ?? 'application/octet-stream'
}
