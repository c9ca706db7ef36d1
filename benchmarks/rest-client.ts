import { Agent, request } from 'node:http'

const BOUNDARY = 'bihuan-bench'

/** The load's side of `/engine-rest` on any server: connections are kept, each request is timed on wish. */
export class RestClient {
  readonly base: string
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 256 })

  constructor(base: string) {
    this.base = base.replace(/\/$/, '')
  }

  /** `times`: where the milliseconds until the whole answer was there are put. Refuses answers of 300 and above. */
  async call<Answer>(method: string, path: string, body?: unknown, times?: number[]): Promise<Answer> {
    const text = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body)
    const begun = performance.now()
    const { status, answer } = await this.send(method, path, text, typeof body === 'string')
    times?.push(performance.now() - begun)
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${answer.slice(0, 300)}`)
    return (answer === '' ? undefined : JSON.parse(answer)) as Answer
  }

  private send(method: string, path: string, body: string | undefined, isForm: boolean): Promise<{ status: number; answer: string }> {
    const headers = {
      accept: 'application/json',
      ...(body !== undefined && {
        'content-type': isForm ? `multipart/form-data; boundary=${BOUNDARY}` : 'application/json',
        'content-length': Buffer.byteLength(body),
      }),
    }
    return new Promise((resolve, reject) => {
      const sent = request(this.base + path, { method, agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, answer: Buffer.concat(chunks).toString() }))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  /** Deploys a model; answers how to remove it with all that ran on it. */
  async deploy(name: string, model: string): Promise<() => Promise<void>> {
    const part = (field: string, value: string, file?: string) =>
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"${file ? `; filename="${file}"\r\ncontent-type: application/xml` : ''}\r\n\r\n${value}\r\n`
    const body = `${part('deployment-name', name)}${part('model', model, `${name}.bpmn`)}--${BOUNDARY}--\r\n`
    const { id } = await this.call<{ id: string }>('POST', '/deployment/create', body)
    return async () => {
      await this.call('DELETE', `/deployment/${id}?cascade=true`).catch(() => undefined)
    }
  }

  start(key: string, body: object = {}, times?: number[]): Promise<{ id: string }> {
    return this.call('POST', `/process-definition/key/${key}/start`, body, times)
  }

  /** Instances of a process that history shows as completed. */
  async completed(key: string): Promise<number> {
    const { count } = await this.call<{ count: number }>(
      'GET',
      `/history/process-instance/count?processDefinitionKey=${key}&completed=true`,
    )
    return count
  }

  close(): void {
    this.agent.destroy()
  }
}
