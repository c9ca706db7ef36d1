import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Browser, chromium, type Page } from 'playwright-core'
import { playedCases } from './played-cases.ts'

const seeds = Array.from({ length: 60 }, (_, index) => index + 1)

const bundled = (): string =>
  execFileSync(process.execPath, [join(import.meta.dirname, 'bundle-core.mjs')], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })

describe('the core in a browser', () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      headless: true,
      args: ['--no-sandbox', '--disable-gpu'],
    })
    page = await browser.newPage()
    await page.addScriptTag({ content: bundled() })
  }, 120_000)
  afterAll(() => browser.close())

  it('plays models as in Node, to the last history event', async () => {
    const inBrowser = await page.evaluate(
      (wanted) => (globalThis as unknown as { playedCases(seeds: readonly number[]): string[] }).playedCases(wanted),
      seeds,
    )

    expect(inBrowser).toEqual(playedCases(seeds))
    expect(inBrowser.join('').length).toBeGreaterThan(100_000)
  })
})
