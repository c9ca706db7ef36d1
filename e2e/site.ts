import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { RunningApplication } from './application.ts'

export const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } } as const
export type Size = keyof typeof SIZES

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** People at their browsers: one context for each, signed in once through the login page. */
export interface Site {
  as(account: string, size: Size): Promise<Page>
  /** A browser in which nobody is signed in. */
  stranger(size: Size): Promise<Page>
  /** What the pages reported as errors. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

export async function openSite(application: RunningApplication): Promise<Site> {
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
  })
  const pages = new Map<string, Page>()
  const complaints: string[] = []

  async function open(size: Size): Promise<Page> {
    const context: BrowserContext = await browser.newContext({
      baseURL: application.address,
      viewport: SIZES[size],
      hasTouch: size === 'phone',
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      acceptDownloads: true,
    })
    context.setDefaultTimeout(30_000)
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
    return page
  }

  return {
    complaints,
    stranger: open,
    async as(account, size) {
      const key = `${account}/${size}`
      const known = pages.get(key)
      if (known) return known
      const page = await open(size)
      await page.goto('/login')
      const county = page.getByRole('button', { name: /泽州县/ })
      await county
        .or(page.getByLabel('账号', { exact: true }))
        .first()
        .waitFor()
      if (await county.isVisible()) await county.click()
      await page.getByLabel('账号', { exact: true }).fill(account)
      await page.getByLabel('密码', { exact: true }).fill(application.passwordOf(account))
      await page.getByRole('button', { name: '登录' }).click()
      await page.waitForURL(/\/(inbox|me)/)
      pages.set(key, page)
      return page
    },
    close: () => browser.close(),
  }
}
