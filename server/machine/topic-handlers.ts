import { z } from 'zod'
import type { MachineTask } from '../../contracts/api/machine.ts'
import { exportInput, messagesToCorrelate, notifyInput, type Topic } from '../../contracts/external-topics.ts'
import type { Tx } from '../../database/database.ts'
import type { ProcessEngine, Value } from '../../engine/process-engine.ts'
import { type Documents, documentNo, isSerial } from '../documents/index.ts'
import { Refusal } from '../http/problem.ts'
import type { Reports } from '../ledgers/index.ts'
import { isNotice, NOTICES, type Notifications } from '../notifications/index.ts'
import { isPosition, type Organisation } from '../organisation/index.ts'
import type { RecordRow, Records } from '../records/index.ts'
import { readValue } from './engine-value.ts'

/** What the handlers use of the server. */
export interface TopicFeatures {
  readonly engine: ProcessEngine
  readonly organisation: Organisation
  readonly records: Records
  readonly documents: Documents
  readonly notifications: Notifications
  readonly reports: Reports
}

/** Does one task within the transaction and answers the variables that complete it. Refusals throw; the worker then retries. */
export type TopicHandler = (tx: Tx, task: MachineTask) => Promise<Readonly<Record<string, Value>>>

/** One handler per topic of contracts/external-topics.ts. */
export function makeTopicHandlers(features: TopicFeatures): Readonly<Record<Topic, TopicHandler>> {
  const { engine, organisation, records, documents, notifications, reports } = features
  return {
    'correlate-message': async (tx, task) => {
      const messages = messagesToCorrelate.parse(JSON.parse(textOf(task, 'messages')))
      const tenantId = task.tenantId
      for (const message of messages) {
        if (message.starts) {
          const running = await engine.instances.list({ businessKey: message.businessKey, definitionKey: message.starts, tenantId }, tx)
          if (running.length > 0) continue
        }
        const variables = Object.fromEntries(Object.entries(message.variables).map(([name, variable]) => [name, readValue(variable)]))
        await engine.messages.correlate({ name: message.name, businessKey: message.businessKey, variables, tenantId, all: message.all }, tx)
      }
      return {}
    },

    'serial-number': async (_, task) => {
      const countyCode = countyOf(task)
      const serial = textOf(task, 'serial')
      if (!isSerial(serial)) throw new Refusal('not-found', { detail: `no row of numbers called ${serial}` })
      const county = await organisation.places.county(countyCode)
      const number = await records.numbers.document(countyCode, serial, (await recordOf(task)).number)
      return { documentNo: { t: 'String', v: documentNo(county?.shortName ?? '', serial, number) } }
    },

    document: async (tx, task) => {
      const documentId = await documents.issue(tx, { template: textOf(task, 'document'), record: await recordOf(task) })
      return { documentId: { t: 'String', v: documentId } }
    },

    notify: async (tx, task) => {
      const countyCode = countyOf(task)
      const { notice, positions, about } = notifyInput.parse({
        notice: textOf(task, 'notice'),
        positions: textOf(task, 'positions'),
        ...(task.variables['about'] ? { about: textOf(task, 'about') } : {}),
      })
      if (!isNotice(notice)) throw new Refusal('not-found', { detail: `no notice called ${notice}` })
      const record = await recordOf(task, about)
      const enterprise = record.enterpriseId === null ? null : await organisation.places.enterprise(countyCode, record.enterpriseId)
      const town = record.townId === null ? null : await organisation.places.unit(countyCode, record.townId)
      const personIds: string[] = []
      for (const place of positions.split(',')) {
        const [position = '', of = 'county'] = place.trim().split('@')
        if (!isPosition(position)) throw new Refusal('not-found', { detail: `no position ${position}` })
        const where = of === 'town' ? { townId: record.townId } : of === 'enterprise' ? { enterpriseId: record.enterpriseId } : {}
        personIds.push(...(await organisation.people.holdersOf(countyCode, position, where)).map((holding) => holding.personId))
      }
      const subject = { number: record.number, title: record.title, enterpriseName: enterprise?.name ?? '', townName: town?.name ?? '' }
      const { title, words } = NOTICES[notice]
      await notifications.tell(tx, {
        countyCode,
        personIds,
        notice,
        title,
        words: words(subject),
        recordNumber: record.number,
        purpose: `${notice} ${task.id}`,
      })
      return {}
    },

    export: async (tx, task) => {
      const countyCode = countyOf(task)
      const { report, unit, period } = exportInput.parse({
        report: textOf(task, 'report'),
        unit: textOf(task, 'unit'),
        period: textOf(task, 'period'),
      })
      const record = await recordOf(task)
      const { name, content } = await reports.annex({ countyCode, reportId: report, unit, period })
      const documentId = await documents.store.keep(tx, {
        countyCode,
        recordId: record.id,
        purpose: `export ${report} ${task.id}`.slice(0, 120),
        name,
        title: name.replace(/\.xlsx$/, ''),
        format: 'xlsx',
        content,
      })
      return { documentId: { t: 'String', v: documentId } }
    },
  }

  /** The record of which the process speaks: its business key is the record's number, unless the task names another. */
  async function recordOf(task: MachineTask, named?: string): Promise<RecordRow> {
    const key = named ?? task.businessKey ?? ''
    const record = await records.store.byNumber(countyOf(task), key)
    if (!record) throw new Refusal('not-found', { detail: `task ${task.id} has no record ${key}` })
    return record
  }
}

function textOf(task: MachineTask, name: string): string {
  const value = task.variables[name]?.value
  return z
    .string({ error: `task ${task.id} has no text ${name}` })
    .parse(typeof value === 'object' && value !== null ? JSON.stringify(value) : value)
}

function countyOf(task: MachineTask): string {
  if (task.tenantId === null) throw new Refusal('not-found', { detail: `task ${task.id} belongs to no county` })
  return task.tenantId
}
