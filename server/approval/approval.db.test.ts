import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { pino } from 'pino'
import { inboxPage, taskPage } from '../../contracts/api/inbox.ts'
import { startForm } from '../../contracts/api/start.ts'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { type Application, composeApplication } from '../compose.ts'
import { readConfig } from '../config.ts'
import { Refusal } from '../http/problem.ts'
import { uuidV7 } from '../new-id.ts'
import { setUpCounty, zezhou } from '../organisation/demonstration/index.ts'
import { xiangfen } from '../organisation/demonstration/neighbours.ts'
import { manualClock } from '../organisation/index.ts'
import { makeWorld, playStep, step, type World } from '../scenarios/index.ts'

const SIGNATURE = { image: 'data:image/png;base64,iVBORw0KGgo=', strokes: 4 }
const NINE = Date.parse('2023-11-20T09:00:00+08:00')

describe.each(testDatabases('approval', migrations))('approval on $name', ({ open }) => {
  let database: Database
  let drop: () => Promise<void>
  let application: Application
  let world: World
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-approval-'))

  beforeAll(async () => {
    ;({ database, drop } = await open())
    const clock = manualClock(NINE)
    application = composeApplication({
      database,
      clock,
      machine: clock,
      newId: uuidV7,
      config: { ...readConfig({}, dataDir), dataDir },
      log: pino({ level: 'silent' }),
      pump: false,
    })
    const { organisation, procedures } = application.features
    const personIdByAlias = await setUpCounty({ database, organisation }, zezhou)
    await setUpCounty({ database, organisation }, xiangfen)
    for (const county of [zezhou, xiangfen]) await procedures.installShipped(county.code, 'test')
    world = makeWorld({ database, application, clock, countyCode: zezhou.code, personIdByAlias })
  }, 120_000)
  afterAll(async () => {
    await drop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  let count = 0
  const play = (input: unknown) => {
    count += 1
    return playStep(world, step.parse(input), count)
  }
  const signSeat = async (record: string) => {
    const actor = world.actor('E05.principal')
    const row = await world.record(record)
    const found = (await application.features.approval.inbox.open(actor)).find(({ run }) => run.recordId === row.id)
    if (!found) throw new Error('no seat')
    return { actor, seatId: found.seat.id }
  }

  it('lets one of two people win a seat and tells the other', async () => {
    await play({
      as: 'E05.safety',
      start: 'hazard-self-check',
      name: 'duel',
      form: { hazards: [{ location: '决斗处', level: 'SUSPECTED_MAJOR' }] },
    })
    await play({ as: 'E05.principal', task: { of: 'duel', node: 'principal-sign' }, outcome: 'SIGN' })
    await play({ as: 'E05.safety', task: { of: 'duel.hazards[0]', node: 'draft-report' } })
    await play({ as: 'E05.principal', task: { of: 'duel.hazards[0]', node: 'principal-sign-report' } })
    await play({ as: 'county.section', task: { of: 'duel.hazards[0]', node: 'confirm' }, outcome: 'CONFIRM' })
    await play({ as: 'county.vice', task: { of: 'duel.hazards[0]', node: 'confirm' }, outcome: 'CONFIRM', form: { dueDate: '2023-12-31' } })
    const { approval } = application.features
    const people = ['county.staff', 'county.staff2'].map((alias) => world.actor(alias))
    const [seat] = (await approval.inbox.open(people[0] as (typeof people)[0])).filter(({ run }) => run.nodeId === 'draft-notice')
    const form = {
      listingOrgId: world.placeId('bureau'),
      listingLevel: 'COUNTY_BUREAU',
      batchNo: 1,
      officerId: people[0]?.personId,
      requirement: '限期完成整改，期间落实警戒。',
      dueDate: '2023-12-31',
    }

    const outcomes = await Promise.allSettled(
      people.map((actor, index) =>
        approval.decide(actor, seat?.seat.id ?? '', { requestId: `duel-request-${index}`, outcome: 'SUBMIT', form, opinion: '' }),
      ),
    )

    expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = outcomes.find((one) => one.status === 'rejected')
    expect(lost?.status === 'rejected' && lost.reason instanceof Refusal ? lost.reason.code : lost).toBe('already-decided')
    const listings = await application.features.records.store.listAll(zezhou.code, { kinds: ['listing'] })
    expect(listings).toHaveLength(1)
  })

  it('takes decisions of parallel branches and the work of workers at the same moment', async () => {
    await play({
      as: 'E06.safety',
      start: 'hazard-self-check',
      name: 'branches',
      form: { hazards: [{ location: '并行处', level: 'SUSPECTED_MAJOR' }] },
    })
    await play({ as: 'E06.principal', task: { of: 'branches', node: 'principal-sign' }, outcome: 'SIGN' })
    const of = 'branches.hazards[0]'
    await play({ as: 'E06.safety', task: { of, node: 'draft-report' } })
    await play({ as: 'E06.principal', task: { of, node: 'principal-sign-report' } })
    await play({ as: 'county.section', task: { of, node: 'confirm' }, outcome: 'CONFIRM' })
    await play({ as: 'county.vice', task: { of, node: 'confirm' }, outcome: 'CONFIRM', form: { dueDate: '2023-12-31' } })
    await play({ as: 'county.staff2', task: { of, node: 'draft-notice' } })

    await Promise.all([
      play({ as: 'county.head', task: { of, node: 'approve-notice' }, outcome: 'APPROVE' }),
      play({ as: 'E06.principal', task: { of, node: 'report-regulator' } }),
      play({ as: 'E06.principal', task: { of, node: 'report-staff' } }),
      play({ as: 'E06.safety', task: { of, node: 'plan' } }),
    ])
    await world.settle()

    const record = await world.record(of)
    const runs = await application.features.approval.runsOf(record)
    const active = runs.filter(({ run }) => run.state === 'ACTIVE').map(({ run }) => run.nodeId)
    expect(active.sort()).toEqual(['acknowledge-regulator', 'acknowledge-staff', 'principal-sign-plan', 'receipt'])
    const reports = await application.features.records.store.listAll(zezhou.code, {
      kinds: ['dualReport'],
      enterpriseId: world.placeId('E06'),
    })
    expect(reports.map((report) => Object.keys(report.data).sort())).toEqual([['hazardNo', 'regulator', 'round', 'staff']])
    expect(record.data).toMatchObject({
      dualReports: { regulator1: { reportType: 'FOUND' }, staff1: { reportType: 'FOUND' } },
      five: { fundWan: 12.5 },
    })
  })

  it('has one effect and one answer when the same decision comes twice at the same moment', async () => {
    await play({ as: 'E05.safety', start: 'hazard-self-check', name: 'twice', form: { hazards: [{ location: '重发处' }] } })
    const { actor, seatId } = await signSeat('twice')
    const request = { requestId: 'resent-by-the-phone', outcome: 'SIGN', form: {}, opinion: '', signature: SIGNATURE }

    const [first, second] = await Promise.all([
      application.features.approval.decide(actor, seatId, request),
      application.features.approval.decide(actor, seatId, request),
    ])

    expect(second).toEqual(first)
    const record = await world.record('twice.hazards[0]')
    expect(await application.features.ledgers.facts(zezhou.code, { type: 'hazard.signed', recordId: record.id })).toHaveLength(1)
  })

  it('leaves nothing half done when a decision is refused after the form was judged', async () => {
    await play({ as: 'E05.safety', start: 'hazard-self-check', name: 'half', form: { hazards: [{ location: '半途处' }] } })
    const { actor, seatId } = await signSeat('half')
    const before = await world.record('half')

    await expect(
      application.features.approval.decide(actor, seatId, { requestId: 'without-signature', outcome: 'SIGN', form: {}, opinion: '' }),
    ).rejects.toMatchObject({ code: 'signature-required' })

    expect(await world.record('half')).toEqual(before)
    const kept = await database.query('select request_id from approval_request where request_id = ?', ['without-signature'])
    expect(kept).toEqual([])
  })

  it('does not find seats and records of another county', async () => {
    await play({ as: 'E05.safety', start: 'hazard-self-check', name: 'foreign', form: { hazards: [{ location: '外县处' }] } })
    const { seatId } = await signSeat('foreign')
    const [stranger] = await application.features.organisation.people.holdersOf(xiangfen.code, 'PROCESS_ADMIN')
    const actor = { personId: stranger?.personId ?? '', countyCode: xiangfen.code, kind: 'admin' as const }

    await expect(application.features.approval.taskPage(actor, seatId)).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      application.features.approval.decide(actor, seatId, {
        requestId: 'from-elsewhere',
        outcome: 'SIGN',
        form: {},
        opinion: '',
        signature: SIGNATURE,
      }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  it('shows the page of a seat with its form, rule, timeline and diagram, and marks it read', async () => {
    await play({ as: 'E05.safety', start: 'hazard-self-check', name: 'page', form: { hazards: [{ location: '页面处' }] } })
    const { actor, seatId } = await signSeat('page')

    const page = await application.features.approval.taskPage(actor, seatId)

    expect(page).toMatchObject({
      state: 'OPEN',
      nodeId: 'principal-sign',
      procedureId: 'hazard-self-check',
      rule: '一人办理，结论即为本步结论',
      blocked: [],
      returnTargets: [{ node: 'check' }],
    })
    expect(page.form?.values).toMatchObject({ subject: 'HAZARD_LIST', snapshot: [{ location: '页面处' }] })
    expect(page.timeline.map((one) => [one.nodeId, one.kind])).toEqual([
      ['check', 'done'],
      ['principal-sign', 'now'],
    ])
    expect(page.diagram.active).toEqual(['principal-sign'])
    expect(taskPage.parse(page)).toEqual(page)
    const inbox = await application.features.approval.inbox.page(actor, { tab: 'todo' })
    expect(inbox.items.find((item) => item.seatId === seatId)?.unread).toBe(false)
    expect(inboxPage.parse(inbox)).toEqual(inbox)
  })

  it('opens the form of a start with its draft, and lists what somebody may start', async () => {
    const { approval } = application.features
    const actor = world.actor('E05.safety')
    await approval.drafts.save(actor, 'start:hazard-self-check', { layer: 'PLANT' })

    const page = await approval.startPages.form(actor, 'hazard-self-check')
    const list = await approval.startPages.list(actor)

    expect(startForm.parse(page)).toEqual(page)
    expect(page.form.values).toMatchObject({ layer: 'PLANT', enterpriseId: world.placeId('E05') })
    expect(page.outcome.code).toBe('SUBMIT')
    expect(list.map((one) => one.id)).toEqual(['hazard-self-check'])
    expect(list[0]?.draftSavedAt).toBe(NINE)
    await expect(approval.startPages.form(actor, 'campaign-entry')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('lists what somebody did and what he started', async () => {
    const { approval } = application.features
    const done = await approval.inbox.page(world.actor('E05.principal'), { tab: 'done' })
    const mine = await approval.inbox.page(world.actor('E05.safety'), { tab: 'mine', q: 'ZC-2023-0001' })

    expect(done.items.some((item) => item.nodeName === '主要负责人签字' && item.state === '同意上报')).toBe(true)
    expect(mine.items.map((item) => item.recordNumber)).toEqual(['ZC-2023-0001'])
    expect(mine.items[0]?.state).toBe('审批中')
  })
})
