import { DownOutlined, RightOutlined, SearchOutlined } from '@ant-design/icons'
import { useDraggable } from '@dnd-kit/core'
import { Input } from 'antd'
import { useState } from 'react'
import { FIELD_TYPES, type FieldType } from '../../../contracts/form-definition.ts'
import { FIELD_TYPES_UI, type PaletteGroup } from '../../form-runtime/index.ts'
import { useDesigner } from '../designer-context.ts'
import { FIELD_ICONS } from '../field-icons.tsx'

const GROUPS: [PaletteGroup, string][] = [
  ['common', '常用'],
  ['basic', '基础'],
  ['organisation', '组织'],
  ['evidence', '佐证'],
  ['derived', '推导'],
  ['layout', '布局'],
]
/** Steps are only made by whoever wrote the form; a check sheet needs its sheet. */
const HIDDEN: readonly FieldType[] = ['Steps', 'CheckSheet']

/** Components by group: dragged onto the canvas, or added after the selected field by a click or Enter. */
export function Palette() {
  const [query, setQuery] = useState('')
  const [closed, setClosed] = useState<ReadonlySet<PaletteGroup>>(new Set())
  const types = FIELD_TYPES.filter((type) => !HIDDEN.includes(type) && FIELD_TYPES_UI[type].label.includes(query.trim()))
  return (
    <section className="fd-palette" aria-label="组件">
      <div className="fd-pal-search">
        <Input
          prefix={<SearchOutlined />}
          placeholder="搜索组件，如“照片”"
          aria-label="搜索组件"
          allowClear
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      <div className="fd-scroll fd-pal-list">
        {GROUPS.map(([group, title]) => {
          const own = types.filter((type) => FIELD_TYPES_UI[type].group === group)
          const open = !closed.has(group) || query !== ''
          if (own.length === 0) return null
          return (
            <div key={group}>
              <button
                type="button"
                className="fd-pal-head"
                aria-expanded={open}
                onClick={() =>
                  setClosed((before) => new Set(before.has(group) ? [...before].filter((each) => each !== group) : [...before, group]))
                }
              >
                {open ? <DownOutlined /> : <RightOutlined />}
                {title}
                <span>{own.length}</span>
              </button>
              {open && (
                <div className="fd-pal-grid">
                  {own.map((type) => (
                    <Tile key={type} type={type} />
                  ))}
                </div>
              )}
            </div>
          )
        })}
        {types.length === 0 && <p className="fd-empty">没有这样的组件，换个词试试。</p>}
      </div>
    </section>
  )
}

function Tile({ type }: { type: FieldType }) {
  const { add } = useDesigner()
  const { setNodeRef, listeners, attributes } = useDraggable({ id: `new:${type}`, data: { type } })
  const Icon = FIELD_ICONS[type]
  return (
    <button
      ref={setNodeRef}
      type="button"
      className="fd-pal-item"
      {...attributes}
      {...listeners}
      data-palette={type}
      aria-roledescription="可拖动的组件"
      onClick={() => add(type)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault()
          add(type)
        } else listeners?.['onKeyDown']?.(event)
      }}
    >
      <Icon />
      <span>{FIELD_TYPES_UI[type].label}</span>
    </button>
  )
}
