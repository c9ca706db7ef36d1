import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { type Figure, lastFigures } from './figure.ts'
import { limits, limitTable } from './limits.ts'
import { ratioTable } from './ratios.ts'

// npm run bench:table [-- NOTE]: writes what the last runs of bench and bench:peer have measured into docs/benchmarks.md, below
// "Last run"; the note says under which circumstances.
const page = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url))
const HEAD = '## Last run\n'

const note = process.argv[2] ?? ''
const own = lastFigures('bench')
const peer = lastFigures('peer')

const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')

const reached = limitTable([...own, ...peer]).map(({ figure, limit, measured, met }, i) => [
  figure,
  limit,
  measured,
  met,
  limits[i]?.limitedBy ?? '',
])

const time = ({ p50Ms, p99Ms }: Figure) => [p50Ms ?? '', p99Ms ?? '']
const text = `${HEAD}
${cpus()[0]?.model.trim()}, ${cpus().length} cores shared by load, engine and database; Node ${process.version}. ${note}

${table(['figure', 'limit', 'measured', '', 'what limits it'], reached)}

Over REST on the same MariaDB, each second, all rounds:

${table(
  ['work', 'clients', 'size', 'ours', 'Operaton', 'ratio'],
  ratioTable(peer).map((row) => Object.values(row)),
)}

Through the port (bpmn-engine: in memory, without history):

${table(
  ['work', 'engine', 'database', 'clients', 'size', 'completed', 'a second', 'p50 ms', 'p99 ms'],
  own
    .filter(({ perSecond }) => perSecond !== undefined)
    .map((figure) => [
      figure.work,
      figure.engine,
      figure.database,
      figure.clients ?? '',
      figure.size ?? '',
      figure.completed ?? '',
      figure.perSecond ?? '',
      ...time(figure),
    ]),
)}

Among many:

${table(
  ['work', 'what', 'database', 'size', 'p50 ms', 'p99 ms'],
  own
    .filter(({ work }) => work === 'task-query' || work === 'correlate-among')
    .map((figure) => [figure.work, figure.query ?? figure.by ?? '', figure.database, figure.size ?? '', ...time(figure)]),
)}
`
const before = readFileSync(page, 'utf8')
writeFileSync(page, before.slice(0, before.indexOf(HEAD)) + text)
