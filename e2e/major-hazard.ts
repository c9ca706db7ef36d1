import type { Page } from 'playwright-core'
import { decide, openTask, signList } from './desk.ts'
import { formDriver } from './form-driver.ts'
import type { Site } from './site.ts'

/** Jobs 2 to 5 for one hazard, each step by the person whose it is, through the pages. */
export function majorHazard(site: Site, title: string) {
  const phone = (account: string) => site.as(account, 'phone')
  const desktop = (account: string) => site.as(account, 'desktop')
  const principalSigns = async (outcome: string) => {
    const page = await phone('E05.principal')
    await openTask(page, '主要负责人签字', title)
    return decide(page, { outcome })
  }
  return {
    async signsList() {
      const page = await phone('E05.principal')
      await openTask(page, '主要负责人签字')
      return signList(page, '签字上报')
    },
    async draftsReport() {
      const page = await phone('E05.safety')
      await openTask(page, '起草重大隐患报告', title)
      const form = formDriver(page)
      await form.textIfEmpty('隐患基本情况', '西帮 +1248 平台出现裂缝三条，最宽四厘米，雨后有扩大。')
      await form.chooseIfEmpty('判定依据条款', /./)
      await form.text('可能后果', '边坡垮塌，可能造成平台下方作业人员伤亡和设备损坏。')
      await form.text('涉险人数', '7')
      await form.text('临时管控措施', '停止平台下方作业，拉警戒线，专人观测。')
      await form.textIfEmpty('已采取措施', '已停止下方作业并拉设警戒。')
      await form.photos('现场照片', 2)
      return decide(page, { outcome: '提交', signed: false })
    },
    signsReport: () => principalSigns('签字上报'),
    async confirmsFirst() {
      const page = await desktop('county.section')
      await openTask(page, '分级确认', title)
      return decide(page, { outcome: '确认为重大隐患', opinion: '到现场核实，裂缝属实，符合判定标准。' })
    },
    async confirmsSecond() {
      const page = await desktop('county.vice')
      await openTask(page, '分级确认', title)
      await formDriver(page).choose('建议挂牌级别', '县应急局')
      return decide(page, { outcome: '确认为重大隐患', opinion: '同意一级意见，列入挂牌督办。' })
    },
    async draftsNotice() {
      const page = await desktop('county.staff')
      await openTask(page, '起草挂牌通知', title)
      const form = formDriver(page)
      await form.chooseIfEmpty('挂牌督办单位', '泽州县应急管理局')
      await form.chooseIfEmpty('挂牌级别', '县应急局')
      await form.chooseIfEmpty('督办责任人', '柯示文')
      await form.textIfEmpty('批次', '1')
      await form.textIfEmpty('隐患与整改要求', '立即停止西帮下方作业，削坡减载，设位移监测，按期整改到位。')
      return decide(page, { outcome: '提交', signed: false })
    },
    async approvesNotice() {
      const page = await desktop('county.head')
      await openTask(page, '局长签发', title)
      return decide(page, { outcome: '同意签发', opinion: '同意挂牌督办。' })
    },
    async receivesNotice() {
      const page = await phone('E05.principal')
      await openTask(page, '企业签收', title)
      return decide(page, { outcome: '签收' })
    },
    /** Both channels of the dual report: what was found, or what was rectified. */
    async reportsTwice(what: '排查' | '整改') {
      const channels = [
        { step: `向监管部门报告${what}情况`, receives: 'county.staff', receipt: '监管部门签收' },
        { step: `向职工报告${what}情况`, receives: 'E05.congress', receipt: '职工代表签收' },
      ]
      for (const { step, receives, receipt } of channels) {
        const page = await phone('E05.principal')
        await openTask(page, step, title)
        const form = formDriver(page)
        await form.text('报告内容', `重大隐患${what}情况：西帮裂缝三条，已采取管控措施。`)
        await form.chooseIfEmpty('报告方式', '书面')
        await form.photosIfAsked('会议记录或公示照片', 1)
        await form.textIfAsked('参会人数', '32')
        await form.textIfAsked('制度执行情况', '双报告制度按规定执行。')
        await decide(page, { outcome: '提交报告', signed: false })
        const other = receives === 'county.staff' ? await desktop(receives) : await phone(receives)
        await openTask(other, receipt, title)
        await decide(other, { outcome: '签收' })
      }
    },
    async plans() {
      const page = await phone('E05.safety')
      await openTask(page, '编制五到位方案', title)
      const form = formDriver(page)
      await form.row('① 整改责任')
      await form.textIfEmpty('责任单位', '采矿车间')
      await form.chooseIfEmpty('责任人', '丹示工')
      await form.textIfEmpty('职责', '组织削坡和清理')
      await form.row('② 整改措施')
      await form.textIfEmpty('措施', '削坡减载 2400 立方米，设截水沟 46 米。')
      await form.textIfEmpty('③ 整改资金', '38.6')
      await form.chooseIfEmpty('资金来源', '安全生产费用')
      await form.dayIfEmpty('④ 整改时限', '2023-12-25')
      await form.file('⑤ 应急预案')
      await form.textIfAsked('停产停工范围', '西帮 +1248 平台以下')
      return decide(page, { outcome: '提交', signed: false })
    },
    signsPlan: () => principalSigns('签字确认'),
    async approvesPlan() {
      const page = await desktop('county.section')
      await openTask(page, '审查整改方案', title)
      return decide(page, { outcome: '方案可行', opinion: '五到位齐全。', signed: false })
    },
    async rectifies(account = 'E05.worker') {
      const page = await phone(account)
      await openTask(page, '整改', title)
      await fillProgress(page)
      return decide(page, { outcome: '整改完成', opinion: '已按方案完成。', signed: false })
    },
    async appliesForAcceptance() {
      const page = await phone('E05.safety')
      await openTask(page, '申请验收', title)
      const form = formDriver(page)
      await form.dayIfEmpty('整改完成日期', '2023-12-18')
      await form.textIfEmpty('整改情况', '削坡、截水沟、监测点均已完成，边坡稳定。')
      await form.textIfEmpty('实用资金', '36.85')
      await form.photosIfAsked('整改后照片', 1)
      await form.radio('合格')
      return decide(page, { outcome: '提交', signed: false })
    },
    signsApplication: () => principalSigns('签字申请'),
    async accepts(account: string) {
      const page = await desktop(account)
      await openTask(page, '现场验收', title)
      await fillAcceptance(page)
      return decide(page, { outcome: '合格', opinion: '现场核实，措施已完成。' })
    },
    async closes(account: string) {
      const page = await desktop(account)
      await openTask(page, '审核把关', title)
      return decide(page, { outcome: '同意销号', opinion: '同意销号。' })
    },
  }
}

export async function fillProgress(page: Page): Promise<void> {
  const form = formDriver(page)
  await form.dayIfEmpty('日期', '2023-12-18')
  await form.textIfEmpty('完成比例', '100')
  await form.textIfEmpty('进展', '全部措施已经完成。')
  await form.photosIfAsked('整改后照片', 1)
  await form.radioIfAsked('能按期')
}

export async function fillAcceptance(page: Page): Promise<void> {
  const form = formDriver(page)
  await form.chooseIfAsked('身份', /./)
  await form.row('逐条核实')
  await form.textIfAsked('措施', '削坡减载 2400 立方米，设截水沟 46 米。')
  for (const done of await page.getByRole('radio', { name: '已完成' }).all()) await done.check({ force: true })
}
