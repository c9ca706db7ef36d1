import type { ArrayField } from '@formily/core'
import { observer, useField } from '@formily/react'
import { useEffect, useMemo, useState } from 'react'
import type { FieldSchema, SheetLine } from '../../../contracts/form-definition.ts'
import { type CheckResult, initialValues, resultWords, sameData, sheetLines, type Values } from '../../../contracts/form-rules/index.ts'
import { propOf } from '../field-types/component-props.ts'
import { inputId, useFieldError, useFormVersion, useSurroundings } from '../model/form-context.ts'
import { onDemand } from '../on-demand.tsx'
import { say } from '../words/say.ts'
import { CheckLine } from './CheckLine.tsx'
import { CheckSections } from './CheckSections.tsx'
import { CheckSheetText } from './CheckSheetText.tsx'
import { FoundHazards } from './FoundHazards.tsx'

const HazardDrawer = onDemand(async () => (await import('./HazardDrawer.tsx')).HazardDrawer)
const DropHazard = onDemand(async () => (await import('./DropHazard.tsx')).DropHazard)

export interface CheckRow extends Values {
  lineId: string
  result?: CheckResult
  hazardId?: string
}

export interface CheckSheetFieldProps {
  readonly path: string
  readonly schema: FieldSchema
  readonly title: string
  readonly read: boolean
}

let counter = 0
const newClientId = () => (typeof crypto?.randomUUID === 'function' ? crypto.randomUUID() : `hazard-${++counter}`)

/** Line by line in sections: three answers each, a failed line opens its hazard inside the line. */
export const CheckSheetField = observer((props: CheckSheetFieldProps) =>
  props.read ? <CheckSheetText {...props} /> : <CheckSheetInput {...props} />,
)

const CheckSheetInput = observer(({ path, schema, title }: CheckSheetFieldProps) => {
  const field = useField<ArrayField>()
  const { model, phone, fields, focus, setPending, idPrefix } = useSurroundings()
  useFormVersion()
  const error = useFieldError(path)
  const lines = sheetLines(schema)
  const sections = useMemo(() => [...new Set(lines.map((line) => line.section))], [lines])
  const [section, setSection] = useState(sections[0] ?? '')
  const [open, setOpen] = useState<number | null>(null)
  const [wasOpened, setWasOpened] = useState(false)
  if (open !== null && !wasOpened) setWasOpened(true)
  const [dropping, setDropping] = useState<{ line: SheetLine; result: CheckResult } | null>(null)
  const hazardsKey = propOf(schema, 'hazards')
  const rows = (Array.isArray(field.value) ? field.value : []) as CheckRow[]
  const rowOf = (lineId: string) => rows.find((row) => row?.lineId === lineId)
  const hazards = (hazardsKey ? ((model.form.getValuesIn(hazardsKey) as Values[] | undefined) ?? []) : []) as Values[]
  const hazardAt = (lineId: string) => hazards.findIndex((hazard) => hazard['lineId'] === lineId)
  const left = lines.filter((line) => !rowOf(line.lineId)?.result)
  const next = left.find((line) => line.section === section) ?? left[0]

  // One row per line of the sheet, in the order of the sheet.
  useEffect(() => {
    if (lines.length > 0 && (rows.length !== lines.length || lines.some((line, index) => rows[index]?.lineId !== line.lineId))) {
      field.value = lines.map((line) => rowOf(line.lineId) ?? { lineId: line.lineId })
    }
  })
  // The line keeps what was seen, the hazard what has to be done: the same words and photos, wherever they were written.
  useEffect(() => {
    const written = new Map(
      hazards.map((hazard) => [String(hazard['lineId']), { note: hazard['description'], pics: hazard['beforePics'] }]),
    )
    const isStale = (row: CheckRow) => {
      const own = row.result === 'ABNORMAL' ? written.get(row.lineId) : undefined
      return own !== undefined && (!sameData(row['note'], own.note) || !sameData(row['pics'], own.pics))
    }
    if (rows.some(isStale)) field.value = rows.map((row) => (isStale(row) ? { ...row, ...written.get(row.lineId) } : row))
  })
  // The line keeps what was seen, the hazard what has to be done: the same words and photos, wherever they were written.
  useEffect(() => {
    if (!hazardsKey) return
    const next = rows.map((row) => {
      const hazard = row?.result === 'ABNORMAL' ? hazards[hazardAt(row.lineId)] : undefined
      if (
        !hazard ||
        (sameData(row['note'] || undefined, hazard['description'] || undefined) && sameData(row['pics'] ?? [], hazard['beforePics'] ?? []))
      )
        return row
      return { ...row, note: hazard['description'], pics: hazard['beforePics'] }
    })
    if (next.some((row, index) => row !== rows[index])) field.value = next
  })
  const jumpTo = (line: SheetLine | undefined) => {
    if (!line) return
    setSection(line.section)
    requestAnimationFrame(() => focusLine(inputId(idPrefix, `${path}.${lines.indexOf(line)}.result`)))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the functions inside are new with every render; what matters is how many are left and which is next
  useEffect(() => {
    setPending(left.length > 0 ? { left: left.length, jump: () => jumpTo(next) } : null)
    return () => setPending(null)
  }, [left.length, next?.lineId])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(
    () =>
      focus.subscribe((wanted) => {
        if (hazardsKey && wanted.startsWith(`${hazardsKey}.`)) setOpen(Number(wanted.split('.')[1]))
        else if (wanted === path || wanted.startsWith(`${path}.`))
          jumpTo(wanted === path ? next : lines[Number(wanted.slice(path.length + 1).split('.')[0])])
      }),
    [focus, hazardsKey, path, next?.lineId],
  )

  const setRow = (lineId: string, change: Partial<CheckRow>) => {
    field.value = lines.map((line) =>
      line.lineId === lineId ? { ...(rowOf(lineId) ?? { lineId }), ...change } : (rowOf(line.lineId) ?? { lineId: line.lineId }),
    )
  }
  const setHazards = (list: Values[]) => hazardsKey && model.form.setValuesIn(hazardsKey, list)
  const answer = (line: SheetLine, result: CheckResult) => {
    const at = hazardAt(line.lineId)
    if (result !== 'ABNORMAL' && at >= 0 && hasContent(hazards[at] as Values)) return setDropping({ line, result })
    commit(line, result)
  }
  const commit = (line: SheetLine, result: CheckResult) => {
    if (!hazardsKey) return setRow(line.lineId, { result })
    const rest = hazards.filter((hazard) => hazard['lineId'] !== line.lineId)
    if (result !== 'ABNORMAL') {
      setHazards(rest)
      const { note: _note, pics: _pics, hazardId: _hazardId, ...row } = rowOf(line.lineId) ?? { lineId: line.lineId }
      field.value = lines.map((each) =>
        each.lineId === line.lineId ? { ...row, result } : (rowOf(each.lineId) ?? { lineId: each.lineId }),
      )
    } else if (hazardAt(line.lineId) < 0) {
      const clientId = newClientId()
      setHazards([...hazards, newHazard(hazardsKey, fields, line, clientId)])
      setRow(line.lineId, { result, hazardId: clientId })
    } else setRow(line.lineId, { result })
  }
  const newHazard = (key: string, all: ReadonlyMap<string, FieldSchema>, line: SheetLine, clientId: string): Values => {
    const schemaOfHazards = model.stateOf(key)?.node.schema ?? [...all.values()].find((each) => each['x-form'] !== undefined)
    const properties = schemaOfHazards?.items?.properties ?? {}
    const category = [...all.values()]
      .find((each) => each['x-id'].endsWith('-category'))
      ?.enum?.find((option) => option.label === line.section)?.value
    return {
      ...initialValues({ type: 'object', properties }, model.context),
      ...(category ? { category } : {}),
      clientId,
      lineId: line.lineId,
    }
  }
  const setHazard = (lineId: string, change: Values) => {
    const at = hazardAt(lineId)
    if (at >= 0) setHazards(hazards.map((hazard, index) => (index === at ? { ...hazard, ...change } : hazard)))
  }

  const words = resultWords(schema)
  const shown = lines.filter((line) => line.section === section)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div
      className="bf-sheet"
      data-phone={phone || undefined}
      data-path={path}
      id={inputId(idPrefix, path)}
      tabIndex={-1}
      role="group"
      aria-label={title}
    >
      <CheckSections
        lines={lines}
        sections={sections}
        section={section}
        resultOf={(lineId) => rowOf(lineId)?.result}
        words={words}
        onChoose={setSection}
      />
      <div className="bf-lines">
        <header>
          <h3>{section}</h3>
          <small>{say('check.shown', { done: shown.filter((line) => rowOf(line.lineId)?.result).length, count: shown.length })}</small>
          {!phone && (
            <span className="bf-keys" aria-hidden="true">
              <kbd>1</kbd>
              {words.NORMAL} <kbd>2</kbd>
              {words.ABNORMAL} <kbd>3</kbd>
              {words.NOT_APPLICABLE} <kbd>↓</kbd>
              {say('check.nextKey')}
            </span>
          )}
        </header>
        {error && (
          <p className="bf-error" role="alert">
            {error}
          </p>
        )}
        {shown.map((line) => {
          const index = lines.indexOf(line)
          const at = hazardAt(line.lineId)
          return (
            <CheckLine
              key={line.lineId}
              id={inputId(idPrefix, `${path}.${index}.result`)}
              line={line}
              result={rowOf(line.lineId)?.result}
              words={words}
              isNext={next?.lineId === line.lineId}
              hazard={at < 0 ? undefined : { index: at, values: hazards[at] as Values, path: `${hazardsKey}.${at}` }}
              onAnswer={(result) => answer(line, result)}
              onHazard={(change) => setHazard(line.lineId, change)}
              onOpenHazard={() => setOpen(at)}
            />
          )
        })}
      </div>
      {!phone && hazardsKey && (
        <FoundHazards hazards={hazards} path={hazardsKey} left={left.length} onOpen={setOpen} onNext={() => jumpTo(next)} />
      )}
      {hazardsKey && wasOpened && (
        <HazardDrawer path={hazardsKey} index={open !== null && open < hazards.length ? open : null} onClose={() => setOpen(null)} />
      )}
      {dropping && (
        <DropHazard
          photos={photoCount(hazards[hazardAt(dropping.line.lineId)])}
          onDrop={() => {
            commit(dropping.line, dropping.result)
            setDropping(null)
          }}
          onKeep={() => setDropping(null)}
        />
      )}
    </div>
  )
})

function photoCount(hazard: Values | undefined): number {
  const photos = hazard?.['beforePics']
  return Array.isArray(photos) ? photos.length : 0
}

function hasContent(hazard: Values): boolean {
  return photoCount(hazard) > 0 || (typeof hazard['description'] === 'string' && hazard['description'] !== '')
}

function focusLine(id: string): void {
  const group = document.getElementById(id)
  group?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  ;(group?.querySelector('[tabindex="0"]') as HTMLElement | null)?.focus({ preventScroll: true })
}
