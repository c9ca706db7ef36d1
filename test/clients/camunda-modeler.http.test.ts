import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { externalTaskProcess, restServer } from './rest-server.ts'

/** The calls that Camunda Modeler makes when somebody presses "deploy" and "start". */
describe('Camunda Modeler', () => {
  let server: Awaited<ReturnType<typeof restServer>>

  beforeAll(async () => {
    server = await restServer()
  })
  afterAll(() => server.stop())

  const call = (path: string, init: RequestInit = {}) => fetch(server.base + path, { headers: { accept: 'application/json' }, ...init })

  function deployment(name: string, xml: string): FormData {
    const form = new FormData()
    form.append('deployment-name', name)
    form.append('deployment-source', 'Camunda Modeler')
    form.append('enable-duplicate-filtering', 'true')
    form.append('tenant-id', '')
    form.append('diagram.bpmn', new Blob([xml], { type: 'text/xml' }), 'diagram.bpmn')
    return form
  }

  it('finds the engine and its version', async () => {
    const probe = await call('/deployment?maxResults=0')
    const version = await call('/version')

    expect(probe.status).toBe(200)
    expect(await probe.json()).toEqual([])
    expect(await version.json()).toEqual({ version: expect.stringMatching(/^7\.\d+\.\d+$/) })
  })

  it('deploys a diagram and starts what it deployed', async () => {
    const answer = await call('/deployment/create', { method: 'POST', body: deployment('first', externalTaskProcess('modelled', 'topic')) })

    const deployed = (await answer.json()) as { deployedProcessDefinitions: Record<string, { key: string; version: number }> }
    const [[id, definition] = ['', undefined]] = Object.entries(deployed.deployedProcessDefinitions)
    expect(answer.status).toBe(200)
    expect(deployed).toMatchObject({ name: 'first', source: 'Camunda Modeler', tenantId: null })
    expect(definition).toMatchObject({ key: 'modelled', version: 1 })

    const started = await call(`/process-definition/${id}/start`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ businessKey: 'demo' }),
    })
    expect(started.status).toBe(200)
    expect(await started.json()).toMatchObject({ definitionId: id, businessKey: 'demo', links: [{ rel: 'self' }] })
  })

  it('deploys nothing when the diagram has not changed', async () => {
    const xml = externalTaskProcess('unchanged', 'topic')
    const first = await (await call('/deployment/create', { method: 'POST', body: deployment('same', xml) })).json()

    const second = await (await call('/deployment/create', { method: 'POST', body: deployment('same', xml) })).json()

    expect(second).toMatchObject({ id: (first as { id: string }).id, deployedProcessDefinitions: null })
  })

  it('shows where a diagram is wrong', async () => {
    const broken = externalTaskProcess('broken', 'topic').replace('targetRef="work"', 'targetRef="nowhere"')

    const answer = await call('/deployment/create', { method: 'POST', body: deployment('broken', broken) })

    const problem = (await answer.json()) as { details: Record<string, { errors: { line: number; elementIds: string[] }[] }> }
    expect(answer.status).toBe(400)
    expect(problem).toMatchObject({
      type: 'ParseException',
      message: expect.stringContaining('ENGINE-09005 Could not parse BPMN process.'),
    })
    expect(problem.details['diagram.bpmn']?.errors[0]).toMatchObject({ line: 4, elementIds: expect.arrayContaining(['f1']) })
  })
})
