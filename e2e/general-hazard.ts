import { decide, openTask } from './desk.ts'
import { formDriver } from './form-driver.ts'
import { fillAcceptance, fillProgress } from './major-hazard.ts'
import type { Site } from './site.ts'

/** Job 6: a general hazard is put right inside the enterprise and rechecked by another person. */
export function generalHazard(site: Site, title: string) {
  return {
    async assigns() {
      const page = await site.as('E05.safety', 'phone')
      await openTask(page, '落实整改', title)
      const form = formDriver(page)
      await form.chooseIfEmpty('整改责任人', '丹示工')
      await form.row('② 整改措施')
      await form.textIfEmpty('措施', '更换标志牌并加固基础。')
      await form.dayIfEmpty('④ 整改时限', '2023-12-25')
      return decide(page, { outcome: '下达整改', signed: false })
    },
    async rectifies() {
      const page = await site.as('E05.worker', 'phone')
      await openTask(page, '整改', title)
      await fillProgress(page)
      return decide(page, { outcome: '整改完成', opinion: '标志牌已更换。', signed: false })
    },
    async rechecks() {
      const page = await site.as('E05.safety', 'phone')
      await openTask(page, '复查', title)
      await fillAcceptance(page)
      return decide(page, { outcome: '合格销号', opinion: '现场复查合格。' })
    },
  }
}
