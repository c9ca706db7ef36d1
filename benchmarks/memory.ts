import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { each } from './loops.ts'

// node --import tsx benchmarks/memory.ts [--instances 100000 --every 10000 --clients 16 --database sqlite,mariadb]
// The memory of `npm run engine` while instances of one user task are started, found and completed over its REST API: one JSON line per
// so many instances. Linux only: the figure is the process's resident set as the system counts it.
const { values: flags } = parseArgs({
  options: {
    instances: { type: 'string', default: '100000' },
    every: { type: 'string', default: '10000' },
    clients: { type: 'string', default: '16' },
    database: { type: 'string', default: 'sqlite' },
  },
})

const model = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="bench">
<process id="bench" isExecutable="true" camunda:historyTimeToLive="30"><startEvent id="start"/><endEvent id="end"/>
<userTask id="work" camunda:candidateGroups="leaders"/>
<sequenceFlow id="f0" sourceRef="start" targetRef="work"/><sequenceFlow id="f1" sourceRef="work" targetRef="end"/></process></definitions>`

const BOUNDARY = 'bench-memory'

class Deployment {
  readonly text =
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="deployment-name"\r\n\r\nbench\r\n--${BOUNDARY}\r\ncontent-disposition: form-data; name="model"; filename="bench.bpmn"\r\ncontent-type: application/xml\r\n\r\n${model}\r\n--${BOUNDARY}--\r\n`
}

for (const database of flags.database.split(',')) await measure(database)

async function measure(database: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-memory-'))
  const url = database === 'sqlite' ? `sqlite:${join(folder, 'bench.sqlite')}` : await mariadbUrl()
  const child = spawn(process.execPath, ['--import', 'tsx', 'engine/serve.ts', '--port', '0', '--database', url], {
    cwd: new URL('..', import.meta.url),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const call = await client(child)
    await call('POST', '/deployment/create', new Deployment())
    const every = Number(flags.every)
    for (let done = 0; done < Number(flags.instances); done += every) {
      const seconds = await each(every, Number(flags.clients), (i) => play(call, `case-${done + i}`))
      const figure = { work: 'memory', database, instances: done + every, rssMb: rssMb(child), perSecond: Math.round(every / seconds) }
      console.log(JSON.stringify(figure))
    }
  } finally {
    const gone = new Promise((done) => child.once('exit', done))
    child.kill()
    await gone
    rmSync(folder, { recursive: true })
  }
}

type Call = (method: string, path: string, body?: unknown) => Promise<unknown>

async function play(call: Call, businessKey: string): Promise<void> {
  const variables = { amount: { value: 12, type: 'Integer' }, town: { value: '巴公镇', type: 'String' } }
  const { id } = (await call('POST', '/process-definition/key/bench/start', { businessKey, variables })) as { id: string }
  const [task] = (await call('GET', `/task?processInstanceId=${id}`)) as { id: string }[]
  await call('POST', `/task/${task?.id}/complete`, { variables: { approved: { value: true, type: 'Boolean' } } })
}

async function mariadbUrl(): Promise<string> {
  const script: { ensureMariadb(): Promise<string> } = await import(new URL('../scripts/mariadb.mjs', import.meta.url).href)
  return new URL(`bench_memory_${process.pid}`, await script.ensureMariadb()).href
}

/** Waits until the engine listens. */
async function client(child: ChildProcess): Promise<Call> {
  const lines = createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> })
  const base = await new Promise<string>((found, fail) => {
    lines.on('line', (line) => {
      const [address] = /http:\/\/\S+\/engine-rest/.exec(line) ?? []
      if (address) found(address)
    })
    child.once('exit', (code) => fail(new Error(`the engine ended with ${code}`)))
  })
  const agent = new Agent({ keepAlive: true })
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const content = body instanceof Deployment ? body.text : body === undefined ? '' : JSON.stringify(body)
      const type = body instanceof Deployment ? `multipart/form-data; boundary=${BOUNDARY}` : 'application/json'
      const headers = { 'content-length': Buffer.byteLength(content), ...(content !== '' && { 'content-type': type }) }
      const sent = request(base + path, { method, agent, headers }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => {
          const text = Buffer.concat(parts).toString()
          if ((response.statusCode ?? 500) >= 300) reject(new Error(`${method} ${path} answered ${response.statusCode}: ${text}`))
          else resolve(text === '' ? null : JSON.parse(text))
        })
      })
      sent.on('error', reject)
      sent.end(content)
    })
}

function rssMb(child: ChildProcess): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}
