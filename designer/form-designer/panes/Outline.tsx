import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { type KeyboardEvent, useState } from 'react'
import { isRows } from '../../../contracts/form-rules/index.ts'
import { useDesigner } from '../designer-context.ts'
import { titleOf } from '../field-words.ts'
import { holds, listFields } from '../model/form-tree.ts'
import { Marks } from './Marks.tsx'

/** The form as a tree: arrows go through it, Enter selects. */
export function Outline() {
  const { history, select } = useDesigner()
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  // Columns and the list of steps are layout only: in the outline their fields stand in what holds them.
  const isPlain = (component: string) => component === 'Grid' || component === 'Steps'
  const listed = listFields(history.design.schema)
  const plain = new Set(listed.filter(({ field }) => isPlain(field['x-component'])).map(({ field }) => field['x-id']))
  const parentOf = new Map(listed.map(({ field, parent }) => [field['x-id'], parent]))
  const depthOf = (parent: string | null): number =>
    parent === null ? 0 : depthOf(parentOf.get(parent) ?? null) + (plain.has(parent) ? 0 : 1)
  const all = listed
    .filter(({ field }) => field['x-technical'] !== true && !plain.has(field['x-id']))
    .map((each) => ({ ...each, depth: depthOf(each.parent) }))
  const parents = parentOf
  const isHidden = (parent: string | null): boolean => parent !== null && (folded.has(parent) || isHidden(parents.get(parent) ?? null))
  const shown = all.filter(({ parent }) => !isHidden(parent))
  const fields = all.filter(({ field }) => field.type !== 'void').length
  const handleKey = (event: KeyboardEvent<HTMLElement>, at: number) => {
    const rows = [...(event.currentTarget.closest('ul')?.querySelectorAll<HTMLElement>('[role="treeitem"]') ?? [])]
    if (event.key === 'ArrowDown') rows[at + 1]?.focus()
    else if (event.key === 'ArrowUp') rows[at - 1]?.focus()
    else if (event.key === 'Enter' || event.key === ' ') select(shown[at]?.field['x-id'] ?? null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section className="fd-outline" aria-label="大纲">
      <p className="fd-title">
        大纲 · {all.length - fields} 组 {fields} 字段
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree is a list to whoever cannot see it */}
      <ul className="fd-scroll" role="tree" aria-label="大纲">
        {shown.map(({ key, field, depth }, index) => {
          const id = field['x-id']
          const group = holds(field) || isRows(field)
          const open = !folded.has(id)
          return (
            <li
              key={id}
              role="treeitem"
              tabIndex={history.selected === id || (history.selected === null && index === 0) ? 0 : -1}
              aria-selected={history.selected === id}
              aria-level={depth + 1}
              aria-expanded={group ? open : undefined}
              style={{ paddingLeft: 6 + depth * 14 }}
              onClick={() => select(id)}
              onKeyDown={(event) => handleKey(event, index)}
            >
              {group ? (
                <button
                  type="button"
                  tabIndex={-1}
                  aria-label={open ? '收起' : '展开'}
                  onClick={(event) => {
                    event.stopPropagation()
                    setFolded((before) => new Set(open ? [...before, id] : [...before].filter((each) => each !== id)))
                  }}
                >
                  {open ? <DownOutlined /> : <RightOutlined />}
                </button>
              ) : (
                <i />
              )}
              <span className={group ? 'fd-outline-group' : undefined}>
                {titleOf(key, field)}
                {field.required === true && <em>*</em>}
              </span>
              <Marks field={field} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
