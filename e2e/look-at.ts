import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const folder = join(import.meta.dirname, 'screenshots')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export interface Looked {
  /** Violations of WCAG 2.2 AA, a line each. */
  readonly violations: readonly string[]
  /** How many px the page is wider than the window. */
  readonly sideways: number
}

/** Photographs a page for people to look at, and lets axe look at it. */
export async function lookAt(page: Page, name: string): Promise<Looked> {
  mkdirSync(folder, { recursive: true })
  await page.evaluate(() => document.fonts.ready)
  const size = (page.viewportSize()?.width ?? 0) < 768 ? 'phone' : 'desktop'
  await page.screenshot({ path: join(folder, `${name}-${size}.png`) })
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).exclude('.djs-container').analyze()
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return {
    violations: violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
    ),
    sideways,
  }
}
