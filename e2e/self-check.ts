import type { Page } from 'playwright-core'
import { formDriver } from './form-driver.ts'

export interface FoundHazard {
  /** Position of the sheet's line, from 0. */
  readonly line: number
  readonly description: string
  readonly level: '一般隐患' | '疑似重大'
  readonly onSpot?: boolean
}

/** Job 1 on a phone: the sheet of 26 lines, a hazard for each line that failed, the checker's signature. Ends before the last button. */
export async function fillSelfCheck(page: Page, hazards: readonly FoundHazard[]): Promise<void> {
  await page.goto('/start/hazard-self-check')
  const form = formDriver(page)
  await form.choose('检查层级', '厂矿')
  await form.choose('检查人员', '常示宁')
  if ((await page.getByLabel('单元', { exact: true }).count()) === 0) await page.getByRole('button', { name: '添加检查单元' }).click()
  await page.getByLabel('单元', { exact: true }).first().fill('采场')
  await page.getByRole('button', { name: /下一步：逐项检查/ }).click()
  const lines = page.locator('.bf-answers')
  await lines.first().waitFor()
  const sections = page.locator('.bf-sections button, .bf-chips button, [data-section]')
  const sectionCount = await sections.count()
  let position = 0
  for (let section = 0; section < Math.max(1, sectionCount); section++) {
    if (sectionCount > 0) await sections.nth(section).click()
    const here = await lines.count()
    for (let line = 0; line < here; line++, position++) {
      const found = hazards.find((hazard) => hazard.line === position)
      await lines
        .nth(line)
        .getByRole('radio', { name: found ? '不合格' : '合格', exact: true })
        .click()
      if (found) await fillHazard(page, found)
    }
  }
  await page.getByRole('button', { name: /下一步：检查人签字/ }).click()
  await form.sign()
}

async function fillHazard(page: Page, hazard: FoundHazard): Promise<void> {
  await page
    .getByRole('button', { name: /补齐隐患登记/ })
    .last()
    .click()
  const drawer = page.getByRole('dialog').last()
  await drawer.waitFor()
  const form = formDriver(page, drawer)
  await form.photo('整改前照片')
  await form.text('隐患描述', hazard.description)
  await form.text('单元/环节/岗位/部位', '采场 +1248 平台')
  await form.choose('隐患类别', /./)
  await form.radio(hazard.level)
  if (hazard.level === '疑似重大') await form.choose('判定依据', /./)
  if (hazard.onSpot) {
    await form.toggle('是否立查立改')
    await form.text('怎么改的', '当场装好防护罩，试运行正常。')
    await form.photo('整改后照片')
  } else {
    await form.choose('① 整改责任人', '丹示工')
    await form.day('④ 整改时限', '2023-12-25')
  }
  await drawer.getByRole('button', { name: '填好了' }).click()
  await drawer.waitFor({ state: 'hidden' })
}
