import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { SMTPServer } from 'smtp-server'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { makeEventHub, type ServerEvent } from '../http/event-hub.ts'
import { makeLedgers } from '../ledgers/index.ts'
import {
  at,
  COUNTY,
  type DemonstrationCounty,
  type DemonstrationDatabase,
  openDemonstrationCounty,
} from '../ledgers/testing/demonstration-county.ts'
import { manualClock, type TurnableClock } from '../organisation/index.ts'
import { makeRecords, type Records } from '../records/index.ts'
import { type Mailer, smtpMailer } from './mailer.ts'
import { makeNotifications, type Notifications } from './notifications.ts'
import type { OpenSeat } from './open-seats.ts'

describe.each(testDatabases('notifications', migrations))('notifications on $name', (kind) => {
  let demonstration: DemonstrationDatabase
  let county: DemonstrationCounty
  let records: Records
  let machine: TurnableClock
  let seats: OpenSeat[]
  let mailer: Mailer | null
  const events = makeEventHub()

  beforeAll(async () => {
    demonstration = await openDemonstrationCounty(kind)
  })
  afterAll(() => demonstration.drop())
  beforeEach(async () => {
    county = await demonstration.fresh('2023-12-16T08:00')
    records = makeRecords({ ...county, dataDir: '/nowhere' })
    machine = manualClock(1_000_000)
    seats = []
    mailer = null
  })
  afterEach(() => mailer?.close())

  const notifications = (from = records): Notifications => {
    const { reports } = makeLedgers({ ...county, records })
    return makeNotifications({
      ...county,
      records: from,
      machine,
      events,
      mailer,
      reports: { ...reports, unsigned: async () => [] },
      openSeats: async () => seats,
      onFault: (error) => {
        throw error
      },
    })
  }
  const who = (alias: string) => county.actor(alias).personId
  const telling = (personIds: readonly string[], purpose = 'p1') => ({
    countyCode: COUNTY,
    personIds,
    notice: 'hazard-reported',
    title: '重大隐患待确认',
    words: '周村镇示例丹霞石灰岩矿上报疑似重大隐患。',
    recordNumber: '泽州-2023-0006',
    purpose,
  })
  const seat = (change: Partial<OpenSeat>): OpenSeat => ({
    id: 's1',
    countyCode: COUNTY,
    nodeId: 'rectify',
    nodeName: '整改',
    recordId: '',
    personId: who('E05.worker'),
    position: null,
    townId: null,
    enterpriseId: null,
    openedAt: at('2023-12-01T10:00'),
    dueAt: null,
    ...change,
  })
  const hazard = async () =>
    (
      await records.store.create({
        countyCode: COUNTY,
        number: '泽州-2023-0006',
        kind: 'hazard',
        title: '边坡过高',
        status: 'RECTIFYING',
        side: 'enterprise',
        level: 'MAJOR',
        enterpriseId: `${COUNTY}-E05`,
        townId: `${COUNTY}-town1`,
        dueAt: at('2024-01-01'),
        data: { ownerId: who('E05.worker') },
        createdBy: who('E05.safety'),
      })
    ).id
  const titles = async (feature: Notifications, alias: string) => (await feature.of(COUNTY, who(alias))).map((one) => one.title)

  it('tells each person once and wakes open pages after the commit', async () => {
    const feature = notifications()
    const heard: ServerEvent[] = []
    const unsubscribe = events.subscribe(who('county.section'), (event) => heard.push(event))

    await county.database.transaction(async (tx) => {
      await feature.tell(tx, telling([who('county.section'), who('town1.centre'), who('county.section')]))
      expect(heard).toEqual([])
    })
    await county.database.transaction((tx) => feature.tell(tx, telling([who('county.section')])))
    unsubscribe()

    expect(heard).toEqual([{ kind: 'inbox' }])
    expect(await titles(feature, 'county.section')).toEqual(['重大隐患待确认'])
    expect(await titles(feature, 'town1.centre')).toEqual(['重大隐患待确认'])
  })

  it('sends mail to each recipient over SMTP, again after a refusal, once', async () => {
    const server = await smtpServer()
    mailer = smtpMailer(`smtp://127.0.0.1:${server.port}`, '闭环 <bihuan@example.org>')
    const feature = notifications()
    await county.database.transaction((tx) => feature.tell(tx, telling([who('county.section'), who('town1.centre')])))

    server.refuse(1)
    expect(await feature.deliverMail()).toBe(1)
    expect(await feature.deliverMail()).toBe(0)
    await machine.turnTo(machine.now() + 60_000)
    expect(await feature.deliverMail()).toBe(1)
    expect(await feature.deliverMail()).toBe(0)

    expect(server.received.map((mail) => mail.to).sort()).toEqual(['county.section@140525.example', 'town1.centre@140525.example'])
    expect(server.received[0]!.text).toContain('周村镇示例丹霞石灰岩矿上报疑似重大隐患')
    await server.close()
  })

  it('gives a mail up after its last try and keeps the reason', async () => {
    mailer = smtpMailer('smtp://127.0.0.1:1', 'bihuan@example.org')
    const feature = notifications()
    await county.database.transaction((tx) => feature.tell(tx, telling([who('county.section')])))

    for (let i = 0; i < 8; i++) {
      await feature.deliverMail()
      await machine.turnTo(machine.now() + 86_400_000)
    }

    const [mail] = await county.database.query<{ attempts: number; given_up_at: number | null; last_error: string }>(
      'select attempts, given_up_at, last_error from mail',
    )
    expect(mail).toMatchObject({ attempts: 7, last_error: expect.stringContaining('ECONNREFUSED') })
    expect(mail!.given_up_at).not.toBeNull()
  })

  it('reminds the enterprise’s people at D-15, D-7, D-1, each once', async () => {
    const feature = notifications()
    seats = [seat({ recordId: await hazard() })]
    const sent: number[] = []
    for (const time of ['2023-12-16T08:31', '2023-12-17T09:00', '2023-12-24T08:31', '2023-12-30T08:31', '2023-12-31T09:00']) {
      await county.clock.turnTo(at(time))
      sent.push(await feature.remind())
    }

    expect(sent).toEqual([3, 0, 3, 3, 0])
    expect(await titles(feature, 'E05.worker')).toEqual(['隐患明天到期', '隐患还有 7 天到期', '隐患还有 15 天到期'])
    expect(await titles(feature, 'E05.principal')).toHaveLength(3)
  })

  it('reminds of an unsigned list after a working day, and tells the head of a confirmation after two', async () => {
    const feature = notifications()
    const recordId = await hazard()
    seats = [
      seat({
        id: 'sign',
        nodeId: 'principal-sign',
        nodeName: '主要负责人签字',
        recordId,
        personId: null,
        position: 'ENT_PRINCIPAL',
        enterpriseId: `${COUNTY}-E05`,
        openedAt: at('2023-12-15T10:00'),
      }),
      seat({
        id: 'confirm',
        nodeId: 'confirm',
        nodeName: '分级确认',
        recordId,
        personId: null,
        position: 'SECTION_CHIEF',
        openedAt: at('2023-12-15T10:00'),
      }),
    ]
    await records.store.change(recordId, { status: 'CONFIRMING' }, { personId: null })

    await county.clock.turnTo(at('2023-12-18T23:59'))
    expect(await feature.remind()).toBe(0)
    await county.clock.turnTo(at('2023-12-19T00:00'))
    await feature.remind()
    await county.clock.turnTo(at('2023-12-20T00:00'))
    await feature.remind()

    expect(await titles(feature, 'E05.principal')).toEqual(['请签字：清单还没有签字'])
    expect(await titles(feature, 'county.head')).toEqual(['重大隐患确认超时'])
  })

  it('asks nothing about what it has found sent, round after round', async () => {
    let read = 0
    const { byId } = records.store
    const counting: Records = {
      ...records,
      store: {
        ...records.store,
        byId(recordId) {
          read += 1
          return byId(recordId)
        },
      },
    }
    const recordId = await hazard()
    seats = Array.from({ length: 5 }, (_, i) => seat({ id: `late-${i}`, recordId, dueAt: at('2023-12-02T10:00') }))
    await notifications().remind()
    const feature = notifications(counting)

    expect(await feature.remind()).toBe(0)
    expect(read).toBe(5)
    for (let round = 0; round < 3; round++) expect(await feature.remind()).toBe(0)
    expect(read).toBe(5)
  })
})

/** An SMTP server on loopback that keeps what it takes. */
async function smtpServer() {
  const received: { to: string; text: string }[] = []
  let refusals = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (refusals > 0) {
          refusals -= 1
          return done(Object.assign(new Error('try again later'), { responseCode: 451 }))
        }
        const raw = Buffer.concat(chunks).toString('utf8')
        const body = raw.slice(raw.indexOf('\r\n\r\n') + 4)
        const text = /base64/i.test(raw) ? Buffer.from(body, 'base64').toString('utf8') : quotedPrintable(body)
        received.push({ to: session.envelope.rcptTo[0]?.address ?? '', text })
        done()
      })
    },
  })
  const port = await new Promise<number>((ready) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address()
      ready(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  return {
    port,
    received,
    refuse: (times: number) => {
      refusals = times
    },
    close: () => new Promise<void>((done) => server.close(() => done())),
  }
}

function quotedPrintable(text: string): string {
  const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
