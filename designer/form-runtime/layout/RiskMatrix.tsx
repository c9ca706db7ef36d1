import { CheckOutlined } from '@ant-design/icons'
import { type KeyboardEvent, useRef } from 'react'
import type { FieldOption, FieldSchema } from '../../../contracts/form-definition.ts'
import { inputId, useFormVersion, useSurroundings } from '../model/form-context.ts'
import { say } from '../words/say.ts'

interface Axis {
  readonly path: string
  readonly title: string
  readonly options: readonly FieldOption[]
}

/** How bad a product of both axes is, from the worst down. */
const BANDS = [
  { from: 20, key: 'red' },
  { from: 15, key: 'orange' },
  { from: 9, key: 'yellow' },
  { from: 0, key: 'blue' },
] as const
const WORTH_A_LOOK = 15
const bandOf = (score: number) => (BANDS.find(({ from }) => score >= from) ?? BANDS[3]).key
const wordOf = (band: (typeof BANDS)[number]['key']) => say(`risk.${band}`)
const STEPS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Both axes of a group that asks for two numbers by name; undefined where it does not. */
export function axesOf(schema: FieldSchema, path: string): readonly [Axis, Axis] | undefined {
  const found: Axis[] = []
  const visit = (properties: FieldSchema['properties']) => {
    for (const [key, field] of Object.entries(properties ?? {})) {
      if (field.type === 'void') visit(field.properties)
      else if (field.type === 'number' && field.enum) found.push({ path: `${path}.${key}`, title: field.title ?? '', options: field.enum })
    }
  }
  visit(schema.properties)
  const [rows, columns, more] = found
  return rows && columns && !more ? [rows, columns] : undefined
}

/** How often by how bad, one tap for both: a number in each cell, its colour with a word. The chosen cell again takes the answer back. */
export function RiskMatrix({ axes: [rows, columns], title }: { readonly axes: readonly [Axis, Axis]; readonly title: string }) {
  const { model, idPrefix } = useSurroundings()
  useFormVersion()
  const table = useRef<HTMLTableElement>(null)
  const row: unknown = model.form.getValuesIn(rows.path)
  const column: unknown = model.form.getValuesIn(columns.path)
  const falling = [...rows.options].reverse()
  const score = typeof row === 'number' && typeof column === 'number' ? row * column : undefined
  const choose = (nextRow: unknown, nextColumn: unknown) => {
    const isAgain = nextRow === row && nextColumn === column
    model.form.setValuesIn(rows.path, isAgain ? undefined : nextRow)
    model.form.setValuesIn(columns.path, isAgain ? undefined : nextColumn)
    model.touch(rows.path)
  }
  const handleKey = (event: KeyboardEvent<HTMLButtonElement>, y: number, x: number) => {
    const step = STEPS[event.key]
    if (!step) return
    event.preventDefault()
    table.current?.querySelector<HTMLButtonElement>(`[data-cell="${y + step[0]}-${x + step[1]}"]`)?.focus()
  }
  const isStop = (y: number, x: number, isChosen: boolean) => (score === undefined ? y === falling.length - 1 && x === 0 : isChosen)
  return (
    <div className="bf-matrix" id={inputId(idPrefix, rows.path)} tabIndex={-1}>
      <table ref={table} aria-label={title}>
        <thead>
          <tr>
            <td>{rows.title}</td>
            <th scope="colgroup" colSpan={columns.options.length}>
              {columns.title}
            </th>
          </tr>
          <tr>
            <td />
            {columns.options.map((option) => (
              <th key={String(option.value)} scope="col">
                {option.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {falling.map((down, y) => (
            <tr key={String(down.value)}>
              <th scope="row">{down.label}</th>
              {columns.options.map((across, x) => {
                const value = Number(down.value) * Number(across.value)
                const isChosen = down.value === row && across.value === column
                return (
                  <td key={String(across.value)}>
                    <button
                      type="button"
                      data-cell={`${y}-${x}`}
                      data-band={bandOf(value)}
                      aria-pressed={isChosen}
                      aria-label={say('risk.cell', { row: down.label, column: across.label, score: value, band: wordOf(bandOf(value)) })}
                      tabIndex={isStop(y, x, isChosen) ? 0 : -1}
                      onClick={() => choose(down.value, across.value)}
                      onKeyDown={(event) => handleKey(event, y, x)}
                    >
                      {isChosen && <CheckOutlined aria-hidden="true" />}
                      {value}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="bf-matrix-said">
        <span role="status">
          {score !== undefined && <b data-band={bandOf(score)}>{say('risk.result', { band: wordOf(bandOf(score)), score })}</b>}
        </span>
        <span className="bf-matrix-key" aria-hidden="true">
          {BANDS.map(({ key }) => (
            <span key={key}>
              <i data-band={key} />
              {wordOf(key)}
            </span>
          ))}
        </span>
      </p>
      {score !== undefined && score >= WORTH_A_LOOK && <p className="bf-help">{say('risk.look')}</p>}
    </div>
  )
}
