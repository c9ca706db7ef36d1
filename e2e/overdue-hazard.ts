import { decide, openTask } from './desk.ts'
import { formDriver } from './form-driver.ts'
import type { Site } from './site.ts'

/** Job 7: the due date passes; the enterprise asks for more time and the county decides. */
export function overdueHazard(site: Site, title: string) {
  return {
    /** By the administrator of the demonstration, with the clock of the header. */
    async turnClock(to: string) {
      const page = await site.as('admin', 'desktop')
      await page.goto('/admin/operations')
      await page.getByRole('button', { name: /演示时间/ }).click()
      const target = page.getByLabel('拨到某时')
      await target.click()
      await target.fill(to)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: '拨过去' }).click()
      await page.getByText(/演示时间已到/).waitFor()
    },
    async asksForTime() {
      const page = await site.as('E04.principal', 'phone')
      await openTask(page, '未完成情况报告', title)
      const form = formDriver(page)
      await form.choose('特殊原因', '设备供货')
      await form.textIfEmpty('已完成比例', '70')
      await form.text('原因说明', '第三组排渗管供货延迟，预计一月中旬到货。')
      await form.row('① 整改责任')
      await form.textIfEmpty('责任单位', '尾矿车间')
      await form.chooseIfEmpty('责任人', '松示工')
      await form.textIfEmpty('职责', '组织施工')
      await form.day('④ 整改时限', '2024-01-31')
      await form.dayIfEmpty('申请新期限', '2024-01-31')
      await form.text('期间安全保障措施', '停止放矿，每日观测浸润线，专人巡坝。')
      await form.radioIfAsked('停产')
      return decide(page, { outcome: '申请延期' })
    },
    async grantsTime() {
      const page = await site.as('county.vice', 'desktop')
      await openTask(page, '延期决定', title)
      const form = formDriver(page)
      await form.dayIfEmpty('批准的新期限', '2024-01-31')
      return decide(page, { outcome: '同意延期', opinion: '同意延期，整改期间不得放矿。' })
    },
  }
}
