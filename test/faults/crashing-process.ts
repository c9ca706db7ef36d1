import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A child that works on a database until it is killed, and what it said it had done. */
export class CrashingProcess {
  readonly started: string[] = []
  readonly completed: string[] = []
  readonly failures: string[] = []
  private said: () => void = () => undefined
  private readonly child: ChildProcess
  private readonly ready: Promise<void>
  private readonly over: Promise<void>

  constructor(script: string, url: string) {
    this.child = spawn(process.execPath, [script, url], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } })
    const { stdout } = this.child
    if (!stdout) throw new Error('The child has no output.')
    const lines = createInterface({ input: stdout })
    this.over = new Promise((done) => {
      lines.once('close', done)
    })
    this.ready = new Promise((done, fail) => {
      this.child.once('exit', (code) => fail(new Error(`The child ended by itself with ${code}.`)))
      lines.on('line', (line) => {
        const [word, ...rest] = line.split(' ')
        const text = rest.join(' ')
        if (word === 'ready') done()
        else if (word === 'started') this.started.push(text)
        else if (word === 'completed') this.completed.push(text)
        else this.failures.push(line)
        this.said()
      })
    })
    this.ready.catch(() => undefined)
  }

  /** Lets it do so many commands and go on for some milliseconds, then kills it in whatever it does. */
  async workAndCrash(commands: number, ms: number): Promise<void> {
    await this.ready
    const reached = new Promise<void>((done) => {
      this.said = () => {
        if (this.started.length + this.completed.length >= commands || this.failures.length > 0) done()
      }
    })
    this.child.stdin?.write('go\n')
    await reached
    await new Promise((done) => setTimeout(done, ms))
    this.child.kill('SIGKILL')
    await this.over
  }

  kill(): void {
    this.child.kill('SIGKILL')
  }
}
