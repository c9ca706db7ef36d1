import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined, HolderOutlined } from '@ant-design/icons'
import { useDraggable, useDroppable } from '@dnd-kit/core'
import { Tooltip } from 'antd'
import { Fragment, memo, useEffect, useRef } from 'react'
import type { FieldSchema } from '../../../contracts/form-definition.ts'
import { FIELD_TYPES_UI } from '../../form-runtime/index.ts'
import { useDesigner } from '../designer-context.ts'
import { titleOf, whyKept } from '../field-words.ts'
import { childrenOf, holds } from '../model/form-tree.ts'
import { FieldSketch } from './FieldSketch.tsx'
import { Marks } from './Marks.tsx'

/** The paper: what the form looks like, every part of it to be selected, dragged, and dropped upon. */
export function Canvas() {
  const { history, select, width } = useDesigner()
  const { title, schema } = history.design
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the fields clears the selection, Escape does the same
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the paper scrolls by keys
    <div className="fd-canvas fd-scroll" tabIndex={0} onClick={() => select(null)}>
      <div className="fd-paper" data-width={width}>
        <header>
          <h2>{title}</h2>
        </header>
        <Holder properties={schema.properties} parent={null} path="" />
      </div>
    </div>
  )
}

function Holder({
  properties,
  parent,
  path,
  columns = 1,
}: {
  properties: Record<string, FieldSchema>
  parent: string | null
  path: string
  columns?: number
}) {
  const entries = Object.entries(properties)
  const shown = entries.map(([key, field], index) => ({ key, field, index })).filter(({ field }) => field['x-technical'] !== true)
  return (
    <div className="fd-fields" data-columns={columns}>
      {shown.map(({ key, field, index }) => (
        <Fragment key={field['x-id']}>
          <Drop parent={parent} index={index} />
          <CanvasNode name={key} field={field} path={field.type === 'void' ? path : path === '' ? key : `${path}.${key}`} />
        </Fragment>
      ))}
      <Drop parent={parent} index={entries.length} empty={shown.length === 0} />
    </div>
  )
}

function Drop({ parent, index, empty }: { parent: string | null; index: number; empty?: boolean }) {
  const { setNodeRef, isOver, active } = useDroppable({ id: `drop:${parent ?? ''}:${index}`, data: { parent, index } })
  return (
    <div
      ref={setNodeRef}
      className="fd-drop"
      data-over={isOver || undefined}
      data-active={active !== null || undefined}
      data-empty={empty || undefined}
      data-drop={`${parent ?? ''}:${index}`}
    >
      {empty && '从左侧拖一个组件到这里，或按 Enter 添加选中的组件'}
    </div>
  )
}

const CanvasNode = memo(function CanvasNode({ name, field, path }: { name: string; field: FieldSchema; path: string }) {
  const { history, select, resources, findings } = useDesigner()
  const id = field['x-id']
  const selected = history.selected === id
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({ id: `move:${id}`, data: { id } })
  const element = useRef<HTMLDivElement | null>(null)
  useEffect(() => {
    if (selected) element.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  const inner = childrenOf(field)
  const isLayout = field.type === 'void' || field.type === 'object'
  const wide = isLayout || (field['x-span'] ?? (FIELD_TYPES_UI[field['x-component']].wide ? 2 : 1)) === 2
  const bad = findings.some((finding) => finding.fieldId === id && finding.severity === 'error')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the outline is the way of the keyboard; the keys of the designer act on what is selected
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      ref={(node) => {
        element.current = node
        setNodeRef(node)
      }}
      className="fd-node"
      data-kind={field['x-component']}
      data-node={id}
      data-selected={selected || undefined}
      data-dragging={isDragging || undefined}
      data-wide={wide || undefined}
      data-bad={bad || undefined}
      onClick={(event) => {
        event.stopPropagation()
        select(id)
      }}
    >
      {selected && <NodeTools id={id} field={field} path={path} handle={{ ...attributes, ...listeners }} />}
      <div className="fd-node-label" {...(selected ? {} : listeners)}>
        <span>
          {field.required === true && <em>*</em>}
          {titleOf(name, field)}
          {typeof field.required === 'string' && <small>视情况必填</small>}
        </span>
        <Marks field={field} />
      </div>
      {inner && holds(field) ? (
        <Holder
          properties={inner}
          parent={id}
          path={path}
          columns={field['x-component'] === 'Grid' ? Number(field['x-component-props']?.['columns'] ?? 2) : 1}
        />
      ) : (
        <div {...(selected ? {} : listeners)}>
          <FieldSketch field={field} resources={resources} />
        </div>
      )}
    </div>
  )
})

function NodeTools({ id, field, path, handle }: { id: string; field: FieldSchema; path: string; handle: object }) {
  const { shift, duplicate, remove, readByProcedures } = useDesigner()
  const kept = whyKept(field, readByProcedures, path)
  return (
    <div className="fd-tools" role="toolbar" aria-label="字段操作">
      <button type="button" className="fd-handle" aria-label="拖动" {...handle}>
        <HolderOutlined />
      </button>
      <b>{FIELD_TYPES_UI[field['x-component']].label}</b>
      <i />
      <Tooltip title="上移 Alt ↑">
        <button type="button" aria-label="上移" onClick={() => shift(id, 'up')}>
          <ArrowUpOutlined />
        </button>
      </Tooltip>
      <Tooltip title="下移 Alt ↓">
        <button type="button" aria-label="下移" onClick={() => shift(id, 'down')}>
          <ArrowDownOutlined />
        </button>
      </Tooltip>
      <Tooltip title="再制 Ctrl D">
        <button type="button" aria-label="再制" onClick={() => duplicate(id)}>
          <CopyOutlined />
        </button>
      </Tooltip>
      <Tooltip title={kept ?? '删除 Del'}>
        <button
          type="button"
          aria-label={kept ? `删除：${kept}` : '删除'}
          aria-disabled={kept !== undefined}
          data-disabled={kept !== undefined || undefined}
          onClick={() => remove(id)}
        >
          <DeleteOutlined />
        </button>
      </Tooltip>
    </div>
  )
}
