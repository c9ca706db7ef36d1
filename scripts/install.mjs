// Makes the checkout ready: packages, and for the tests MariaDB and Chromium. Nothing here touches what is already in place.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(root, 'node_modules', '.bihuan-lock')

const found = (names) =>
  names.some((name) => (name.startsWith('/') ? existsSync(name) : spawnSync('sh', ['-c', `command -v ${name}`]).status === 0))

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed`)
}

/** Installs the packages when they are missing or package-lock.json has changed since. */
export function ensurePackages() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) throw new Error(`Node 20.19 or later is needed; this is ${process.versions.node}`)
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('Installing packages …')
  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'])
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(stamp, wanted)
}

let listsAreFresh = false

/** Installs Debian packages as root, or names the command that would. */
function ensureProgram(label, names, debian) {
  if (found(names)) return
  const command = `apt-get install -y ${debian.join(' ')}`
  if (userInfo().uid !== 0 || !found(['apt-get'])) throw new Error(`${label} is missing. Install it: ${command}`)
  console.log(`Installing ${label} …`)
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] }
  if (!listsAreFresh) run('apt-get', ['update', '-qq'], options)
  listsAreFresh = true
  run('apt-get', ['install', '-y', '-qq', ...debian], options)
}

export const ensureMariadbServer = () => ensureProgram('MariaDB', ['/usr/sbin/mariadbd', 'mariadbd', 'mysqld'], ['mariadb-server'])

export const ensureChromium = () =>
  ensureProgram('Chromium', ['/usr/bin/chromium', 'chromium', 'google-chrome'], ['chromium', 'fonts-noto-cjk'])
