import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { externalTaskProcess, restServer } from './rest-server.ts'

describe('attachments, requirements and members over the REST API', () => {
  let server: Awaited<ReturnType<typeof restServer>>

  beforeAll(async () => {
    server = await restServer()
  })
  afterAll(() => server.stop())

  const send = async (method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> => {
    const isForm = body instanceof FormData
    const response = await fetch(server.base + path, {
      method,
      headers: { accept: 'application/json', ...(body !== undefined && !isForm && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, json: text && /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text }
  }

  it('keeps a file with a task and gives it back', async () => {
    await send('POST', '/task/create', { id: 'paper', name: 'paper' })
    const form = new FormData()
    form.append('attachment-name', '整改照片')
    form.append('attachment-type', 'image')
    form.append('content', new Blob(['before and after']), 'photo.txt')

    const created = await send('POST', '/task/paper/attachment/create', form)

    const { id } = created.json as { id: string }
    expect(created).toMatchObject({ status: 200, json: { name: '整改照片', type: 'image', taskId: 'paper' } })
    expect((await send('GET', '/task/paper/attachment')).json).toMatchObject([{ id }])
    expect((await send('GET', `/task/paper/attachment/${id}/data`)).json).toBe('before and after')
    expect((await send('DELETE', `/task/paper/attachment/${id}`)).status).toBe(204)
    expect((await send('GET', `/task/paper/attachment/${id}`)).status).toBe(404)
    expect((await send('POST', '/task/paper/attachment/create', new FormData())).status).toBe(400)
  })

  it('answers a requirements graph with its file', async () => {
    const dmn = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="graph" name="Graph" namespace="n">
      <decision id="first"><variable name="first"/><literalExpression><text>1</text></literalExpression></decision>
      <decision id="second"><informationRequirement><requiredDecision href="#first"/></informationRequirement>
        <variable name="second"/><literalExpression><text>first + 1</text></literalExpression></decision></definitions>`
    await server.engine.deployments.create({ name: 'graph', resources: [{ name: 'graph.dmn', content: dmn }] })

    expect((await send('GET', '/decision-requirements-definition?key=graph')).json).toMatchObject([
      { key: 'graph', name: 'Graph', version: 1 },
    ])
    expect((await send('GET', '/decision-requirements-definition/key/graph/xml')).json).toMatchObject({ dmnXml: dmn })
    expect((await send('POST', '/decision-definition/key/second/evaluate', { variables: {} })).json).toMatchObject([
      { second: { value: 2 } },
    ])
  })

  it('finds candidate tasks of a user through groups', async () => {
    await send('POST', '/user/create', { profile: { id: 'li', firstName: '李' }, credentials: { password: 'unused' } })
    await send('POST', '/group/create', { id: 'office', name: 'Office', type: 'WORKFLOW' })
    await send('PUT', '/group/office/members/li')
    await send('POST', '/task/create', { id: 'shared', name: 'shared' })
    await send('POST', '/task/shared/identity-links', { groupId: 'office', type: 'candidate' })

    expect((await send('GET', '/task?candidateUser=li')).json).toMatchObject([{ id: 'shared' }])
    expect((await send('GET', '/identity/groups?userId=li')).json).toMatchObject({ groups: [{ id: 'office' }] })
    await send('DELETE', '/group/office/members/li')
    expect((await send('GET', '/task?candidateUser=li')).json).toEqual([])
  })

  it('deletes instances in the background as a batch', async () => {
    await server.engine.deployments.create({
      name: 'b',
      resources: [{ name: 'b.bpmn', content: externalTaskProcess('batched', 'nobody') }],
    })
    const ids: string[] = []
    for (let i = 0; i < 3; i++) ids.push((await server.engine.instances.start({ definitionKey: 'batched' })).id)

    const batch = (await send('POST', '/process-instance/delete', { processInstanceIds: ids, deleteReason: 'test' })).json as { id: string }

    for (let i = 0; i < 100 && ((await send('GET', `/history/batch/${batch.id}`)).json as { endTime: string | null }).endTime === null; i++)
      await new Promise((done) => setTimeout(done, 20))
    expect((await send('GET', `/history/batch/${batch.id}`)).json).toMatchObject({
      type: 'instance-deletion',
      totalJobs: 3,
      endTime: expect.any(String),
    })
    expect((await send('GET', '/process-instance/count?processDefinitionKey=batched')).json).toEqual({ count: 0 })
    expect((await send('GET', `/batch/${batch.id}`)).status).toBe(404)
  })
})
