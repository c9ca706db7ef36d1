import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'

describe('the server process', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-main-'))
  const running = new Set<ChildProcess>()

  afterAll(() => {
    for (const child of running) child.kill('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** Starts server/main.ts without a demonstration and waits for the line with its address. */
  async function start(): Promise<{ child: ChildProcess; origin: string }> {
    const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'main.ts')], {
      env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', DEMONSTRATION: 'off', LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    running.add(child)
    const origin = await new Promise<string>((done, fail) => {
      let text = ''
      child.once('exit', (code) => fail(new Error(`the server ended with ${code}: ${text}`)))
      child.stdout?.on('data', (chunk: Buffer) => {
        text += chunk
        const [, found] = /Bihuan 闭环: (http:\S+)/.exec(text) ?? []
        if (found) done(found)
      })
    })
    return { child, origin }
  }

  const stop = (child: ChildProcess) =>
    new Promise<number | null>((done) => {
      child.removeAllListeners('exit')
      child.once('exit', (code) => {
        running.delete(child)
        done(code)
      })
      child.kill('SIGTERM')
    })

  it('starts on an empty directory, keeps its secrets to itself, ends when it is told to and starts again', async () => {
    const first = await start()
    const health = await fetch(`${first.origin}/health`)
    const token = readFileSync(join(dataDir, 'machine-account.txt'), 'utf8')
    const ended = await stop(first.child)
    const second = await start()
    const version = await fetch(`${second.origin}/engine-rest/version`, {
      headers: { authorization: `Bearer ${token.trim().split(' ')[1]}` },
    })

    expect(await health.json()).toEqual({ status: 'ok' })
    expect(statSync(join(dataDir, 'machine-account.txt')).mode & 0o777).toBe(0o600)
    expect(ended).toBe(0)
    expect(version.status).toBe(200)
    expect(readFileSync(join(dataDir, 'machine-account.txt'), 'utf8')).toBe(token)
    expect(await stop(second.child)).toBe(0)
  }, 120_000)
})
