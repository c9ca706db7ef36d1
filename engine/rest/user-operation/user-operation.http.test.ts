import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabases } from '../../../database/test-database.ts'
import { migrations } from '../../../migrations/index.ts'
import { testEngine } from '../../../test/builders/test-engine.ts'
import { everybody } from '../access/caller.ts'
import type { EmbeddedEngine } from '../http/call.ts'
import { makeEngineRestListener } from '../router.ts'

const PROCESS = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
  <process id="logged" isExecutable="true" camunda:historyTimeToLive="P30D">
    <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="work"/><userTask id="work" name="Work"/>
    <boundaryEvent id="late" attachedToRef="work"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>
  </process>
</definitions>`

type Entry = Readonly<Record<string, string | null>>

describe.each(testDatabases('user_operations', migrations))('the user operation log on $name', ({ open }) => {
  let drop: () => Promise<void>
  let server: Server
  let call: (method: string, path: string, body?: unknown) => Promise<never>
  let instanceId: string
  let taskId: string
  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    const { engine } = testEngine(opened.database)
    const callerOf = async () => ({ ...everybody, id: 'jo' })
    server = createServer(makeEngineRestListener({ engine: engine as EmbeddedEngine, callerOf }, '/engine-rest'))
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done)
    })
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/engine-rest`
    call = async (method, path, body) => {
      const answer = await fetch(base + path, {
        method,
        ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return (text === '' ? null : JSON.parse(text)) as never
    }
    await engine.deployments.create({ name: 'test', resources: [{ name: 'test.bpmn', content: PROCESS }] })
    instanceId = (await engine.instances.start({ definitionKey: 'logged' })).id
    taskId = (await engine.tasks.list({ processInstanceId: instanceId }))[0]?.id ?? ''
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await drop()
  })

  /** What an operation writes: `Entity.Type property: before -> after`, sorted. */
  const logOf = async (method: string, path: string, body?: unknown): Promise<readonly string[]> => {
    const before = new Set(((await call('GET', '/history/user-operation')) as Entry[]).map(({ id }) => id))
    await call(method, path, body)
    const all = (await call('GET', '/history/user-operation')) as Entry[]
    return all
      .filter(({ id }) => !before.has(id ?? ''))
      .map((entry) => `${entry.entityType}.${entry.operationType} ${entry.property}: ${entry.orgValue} -> ${entry.newValue}`)
      .sort()
  }

  it('has what a task was before, and only what has changed', async () => {
    expect(await logOf('POST', `/task/${taskId}/claim`, { userId: 'jo' })).toEqual(['Task.Claim assignee: null -> jo'])
    expect(await logOf('POST', `/task/${taskId}/claim`, { userId: 'jo' })).toEqual([])
    expect(await logOf('POST', `/task/${taskId}/delegate`, { userId: 'mo' })).toEqual([
      'Task.Delegate assignee: jo -> mo',
      'Task.Delegate delegation: null -> PENDING',
      'Task.Delegate owner: null -> jo',
    ])
    expect(await logOf('POST', `/task/${taskId}/resolve`, {})).toEqual([
      'Task.Resolve assignee: mo -> jo',
      'Task.Resolve delegation: PENDING -> RESOLVED',
    ])
    expect(await logOf('PUT', `/task/${taskId}`, { name: 'More', assignee: 'jo', priority: 7 })).toEqual([
      'Task.Update delegation: RESOLVED -> null',
      'Task.Update name: Work -> More',
      'Task.Update owner: jo -> null',
      'Task.Update priority: 50 -> 7',
    ])
    expect(await logOf('POST', `/task/${taskId}/identity-links`, { groupId: 'all', type: 'candidate' })).toEqual([
      'IdentityLink.AddGroupLink candidate: null -> all',
    ])
  })

  it('has the message that a comment had', async () => {
    const comment = (await call('POST', `/task/${taskId}/comment/create`, { message: 'first' })) as { id: string }

    const entries = await logOf('PUT', `/task/${taskId}/comment`, { id: comment.id, message: 'second' })

    expect(entries).toEqual(['Comment.UpdateComment comment: first -> second'])
  })

  it('has retries, dates and priorities of jobs as numbers', async () => {
    const [job] = (await call('GET', `/job?processInstanceId=${instanceId}`)) as { id: string; jobDefinitionId: string }[]
    const day = 86_400_000
    const due = Date.UTC(2026, 0, 1) + day

    expect(await logOf('PUT', `/job/${job?.id}/retries`, { retries: 5 })).toEqual(['Job.SetJobRetries retries: 3 -> 5'])
    expect(await logOf('PUT', `/job/${job?.id}/duedate`, { duedate: '2026-01-03T00:00:00.000+0000' })).toEqual([
      `Job.SetDueDate duedate: ${due} -> ${due + day}`,
    ])
    expect(await logOf('PUT', `/job-definition/${job?.jobDefinitionId}/jobPriority`, { priority: 9, includeJobs: true })).toEqual([
      'Job.SetPriority priority: null -> 9',
      'JobDefinition.SetPriority overridingPriority: null -> 9',
    ])
  })

  it('says where an operation on a definition took place, and what it was', async () => {
    const [definition] = (await call('GET', '/process-definition?key=logged')) as { id: string; deploymentId: string }[]

    const entries = await logOf('PUT', `/process-definition/${definition?.id}/history-time-to-live`, { historyTimeToLive: 7 })

    expect(entries).toEqual(['ProcessDefinition.UpdateHistoryTimeToLive historyTimeToLive: 30 -> 7'])
    const [entry] = (await call('GET', '/history/user-operation?operationType=UpdateHistoryTimeToLive')) as Entry[]
    expect(entry).toMatchObject({ processDefinitionId: definition?.id, deploymentId: definition?.deploymentId, userId: 'jo' })
  })

  it('has an authorization member by member', async () => {
    const made = { type: 1, permissions: ['READ'], userId: 'mo', resourceType: 6, resourceId: '*' }
    const { id } = (await call('POST', '/authorization/create', made)) as { id: string }

    const entries = await logOf('PUT', `/authorization/${id}`, { ...made, permissions: ['READ', 'UPDATE'] })

    expect(entries).toEqual([
      'Authorization.Update permissions: READ -> READ, UPDATE',
      'Authorization.Update resource: ProcessDefinition -> ProcessDefinition',
      'Authorization.Update resourceId: * -> *',
      'Authorization.Update type: 1 -> 1',
      'Authorization.Update userId: mo -> mo',
    ])
  })

  it('names the instance that was started', async () => {
    const started = (await call('POST', '/process-definition/key/logged/start', {})) as { id: string }

    const [entry] = (await call('GET', `/history/user-operation?processInstanceId=${started.id}`)) as Entry[]

    expect(entry).toMatchObject({ operationType: 'Create', entityType: 'ProcessInstance', property: null })
  })
})
