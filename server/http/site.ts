import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Request, Router } from 'express'

const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const

/**
 * The built site: hashed assets for a year, pre-compressed where the build left `.br` or `.gz` beside the file, and index.html for
 * every page path.
 */
export function siteRouter(siteDir: string): Router {
  const router = Router()
  router.get(/\.(js|css|svg|json|html|webmanifest)$/, (request, response, next) => {
    const path = decodePath(request.path)
    const encoding =
      path === null ? undefined : ENCODINGS.find((it) => accepts(request, it.name) && existsSync(join(siteDir, path + it.suffix)))
    if (!encoding || path === null) return next()
    response.setHeader('Content-Encoding', encoding.name)
    response.setHeader('Vary', 'Accept-Encoding')
    response.type(path.slice(path.lastIndexOf('.') + 1))
    cacheFor(path, (value) => response.setHeader('Cache-Control', value))
    response.sendFile(path.slice(1) + encoding.suffix, { root: siteDir, cacheControl: false })
  })
  router.use(
    express.static(siteDir, {
      index: false,
      cacheControl: false,
      setHeaders: (response, path) => cacheFor(path, (value) => response.setHeader('Cache-Control', value)),
    }),
  )
  router.get(/^\/(?!api\/|engine-rest\/)[^.]*$/, (request, response, next) => {
    if (!existsSync(join(siteDir, 'index.html'))) return next()
    response.setHeader('Cache-Control', 'no-cache')
    const encoding = ENCODINGS.find((it) => accepts(request, it.name) && existsSync(join(siteDir, `index.html${it.suffix}`)))
    if (encoding) {
      response.setHeader('Content-Encoding', encoding.name)
      response.setHeader('Vary', 'Accept-Encoding')
    }
    response.type('html').sendFile(`index.html${encoding?.suffix ?? ''}`, { root: siteDir, cacheControl: false })
  })
  router.use((_request, response) => void response.status(404).type('text').end('404'))
  return router
}

const accepts = (request: Request, encoding: string) => request.acceptsEncodings(encoding) !== false

/** Hashed files never change; the rest is asked for again. */
const cacheFor = (path: string, set: (value: string) => void) =>
  set(path.includes('/assets/') || path.includes('\\assets\\') ? 'public, max-age=31536000, immutable' : 'no-cache')

function decodePath(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path)
    return decoded.includes('\0') || decoded.split('/').includes('..') ? null : decoded
  } catch {
    return null
  }
}
