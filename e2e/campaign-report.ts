import type { Page } from 'playwright-core'
import { decide, openTask } from './desk.ts'
import { formDriver } from './form-driver.ts'
import type { Site } from './site.ts'

const REPORT = '/reports/campaign-work-report'

/** Job 9: the town fills in and signs, the county checks, rolls up and issues. */
export function campaignReport(site: Site) {
  return {
    async fills() {
      const page = await site.as('town1.staff', 'desktop')
      await page.goto('/start/campaign-periodic-report')
      await page.getByRole('button', { name: '提交', exact: true }).click()
      await page.locator('.start-done').waitFor()
    },
    async townSigns() {
      const page = await site.as('town1.centre', 'desktop')
      await openTask(page, '镇负责人签字')
      return decide(page, { outcome: '签字报送', opinion: '数据属实。' })
    },
    async countyAccepts() {
      const page = await site.as('county.staff', 'desktop')
      await openTask(page, '县局审核', '周村镇')
      return decide(page, { outcome: '接收', opinion: '与台账一致。', signed: false })
    },
    async compiles() {
      const page = await site.as('county.staff', 'desktop')
      await page.goto('/start/campaign-report-rollup')
      await page.getByRole('button', { name: '提交', exact: true }).click()
      await page.locator('.start-done').waitFor()
    },
    async issues() {
      const page = await site.as('county.vice', 'desktop')
      await openTask(page, '签发')
      return decide(page, { outcome: '签发', opinion: '同意报送。' })
    },
    /** The figure of a cell, as the table prints it. */
    async cell(page: Page, row: string, column: string): Promise<string> {
      await page.goto(REPORT)
      const button = page.getByRole('button', { name: new RegExp(`^${row} ${column} `) }).first()
      await button.waitFor()
      return (await button.textContent()) ?? ''
    },
    async enters(kind: string, day: string, words: string) {
      const page = await site.as('county.staff', 'desktop')
      await page.goto('/start/campaign-entry')
      const form = formDriver(page)
      await form.choose('登记事项', kind)
      await form.dayIfEmpty('发生日期', day)
      await form.textIfAsked('数量', '1')
      await form.textIfAsked('说明', words)
      await page.getByRole('button', { name: '提交', exact: true }).click()
      await page.locator('.start-done').waitFor()
    },
  }
}
