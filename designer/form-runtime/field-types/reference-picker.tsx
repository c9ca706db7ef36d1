import { Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { FieldSchema } from '../../../contracts/form-definition.ts'
import type { FieldInputProps } from '../field-type.ts'
import { useSurroundings } from '../model/form-context.ts'
import type { ReferenceKind, SourceOption } from '../sources.ts'
import { say } from '../words/say.ts'
import { propOf } from './component-props.ts'
import { OptionRow } from './select.tsx'

type Value = string | string[]
const WAIT_MS = 250

/** A picker with remote search: what is known at first, then what the server finds. */
export function ReferencePicker({ kind, placeholder, ...props }: FieldInputProps<Value> & { kind: ReferenceKind; placeholder: string }) {
  const { id, path, value, schema, required, invalid, describedBy, onChange, onBlur } = props
  const { sources } = useSurroundings()
  const known = knownOptions(sources.options, kind, path)
  const [found, setFound] = useState<readonly SourceOption[] | null>(null)
  const [searching, setSearching] = useState(false)
  const latest = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const handleSearch = (query: string) => {
    clearTimeout(timer.current)
    const { search } = sources
    if (!search) return
    timer.current = setTimeout(() => {
      const mine = ++latest.current
      setSearching(true)
      search
        .call(sources, kind, query, { path, ...optional('of', propOf(schema, 'of')), ...optional('position', propOf(schema, 'position')) })
        .then((options) => {
          if (mine === latest.current) setFound(options)
        })
        .catch(() => {
          if (mine === latest.current) setFound([])
        })
        .finally(() => {
          if (mine === latest.current) setSearching(false)
        })
    }, WAIT_MS)
  }
  const options = merged(known, found)
  return (
    <Select
      id={id}
      className="bf-full"
      mode={schema.type === 'array' ? 'multiple' : undefined}
      allowClear={!required}
      value={value ?? (schema.type === 'array' ? [] : null)}
      placeholder={propOf(schema, 'placeholder') ?? placeholder}
      status={invalid ? 'warning' : undefined}
      loading={searching}
      showSearch={{
        filterOption: sources.search ? false : (input, option) => String(option?.title ?? '').includes(input),
        onSearch: handleSearch,
      }}
      onOpenChange={(open) => open && found === null && handleSearch('')}
      notFoundContent={say(searching ? 'pick.searching' : 'pick.none')}
      options={options.map((option) => ({
        value: option.id,
        title: option.name,
        label: <OptionRow label={option.name} hint={option.hint} />,
      }))}
      aria-required={required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(next) => onChange((next as Value | null) ?? undefined)}
      onBlur={onBlur}
    />
  )
}

export function knownOptions(
  options: Readonly<Record<string, readonly SourceOption[]>> | undefined,
  kind: ReferenceKind,
  path: string,
): readonly SourceOption[] {
  const template = path.replace(/\.\d+(?=\.|$)/g, '')
  return [...(options?.[template] ?? []), ...(options?.[`@${kind}`] ?? [])]
}

function merged(known: readonly SourceOption[], found: readonly SourceOption[] | null): SourceOption[] {
  const byId = new Map<string, SourceOption>()
  for (const option of [...(found ?? []), ...known]) if (!byId.has(option.id)) byId.set(option.id, option)
  return [...byId.values()]
}

function optional<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, string>>
}

/** Names for ids, joined; the id itself is never shown. */
export function ReferenceText({
  kind,
  path,
  value,
}: {
  kind: ReferenceKind
  path: string
  value: Value | undefined
  schema?: FieldSchema
}) {
  const { sources } = useSurroundings()
  const known = new Map(knownOptions(sources.options, kind, path).map((option) => [option.id, option.name]))
  const ids = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
  return <span className="bf-text">{ids.map((id) => known.get(id) ?? say('pick.hidden')).join('、') || '—'}</span>
}
