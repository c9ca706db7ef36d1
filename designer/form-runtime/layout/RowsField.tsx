import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, ExclamationCircleFilled, PlusOutlined } from '@ant-design/icons'
import type { ArrayField } from '@formily/core'
import type { Schema } from '@formily/json-schema'
import { observer, RecursionField, useField, useFieldSchema } from '@formily/react'
import { Button } from 'antd'
import { useContext } from 'react'
import type { FieldSchema } from '../../../contracts/form-definition.ts'
import { inOrder } from '../../../contracts/form-rules/index.ts'
import { propOf } from '../field-types/component-props.ts'
import { FrameContext, HolderContext, InsideStepContext, ReadContext, useSurroundings } from '../model/form-context.ts'
import { say } from '../words/say.ts'

export interface RowsFieldProps {
  readonly id: string
  readonly path: string
  readonly schema: FieldSchema
  readonly title: string
  readonly description: string | undefined
  readonly required: boolean
  readonly error: string | undefined
  readonly read: boolean
}

/** A table of rows: columns on the desktop when they fit, cards on the phone and for long rows. */
export const RowsField = observer(({ id, path, schema, title, description, required, error, read }: RowsFieldProps) => {
  const field = useField<ArrayField>()
  const node = useFieldSchema()
  const { phone, fields } = useSurroundings()
  // Rows of a list that a check sheet draws inside its lines are not drawn twice while it is filled in.
  const inSheet = !read && [...fields.values()].some((each) => each['x-component'] === 'CheckSheet' && propOf(each, 'hazards') === path)
  const rows = Array.isArray(field.value) ? field.value : []
  if (inSheet || (read && rows.length === 0)) return null
  const items = node.items as Schema | undefined
  const columns = inOrder(schema.items?.properties ?? {}).filter(([, column]) => column['x-technical'] !== true && column.type !== 'void')
  const asCards = phone || propOf(schema, 'cards') === true || columns.length > 5
  const noun = propOf(schema, 'rowTitle') ?? title
  const body = asCards ? (
    <div className="bf-cards">
      {rows.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are known to Formily by their index
        <article key={index} className="bf-card" aria-label={`${noun} ${index + 1}`}>
          <header>
            <b>
              {noun} {index + 1}
            </b>
            {!read && <RowTools field={field} index={index} count={rows.length} noun={noun} />}
          </header>
          <RowFields path={path} index={index} items={items} />
        </article>
      ))}
    </div>
  ) : (
    <div className="bf-table-scroll">
      <table className="bf-table">
        <thead>
          <tr>
            {columns.map(([key, column]) => (
              <th key={key} scope="col">
                {column.title}
                {column.required === true && !read && <em className="bf-star">*</em>}
              </th>
            ))}
            {!read && <th scope="col" className="bf-tools-head" aria-label={say('rows.tools')} />}
          </tr>
        </thead>
        <tbody>
          {rows.map((_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are known to Formily by their index
            <tr key={index}>
              {columns.map(([key]) => (
                <td key={key} aria-label={`${noun} ${index + 1}`}>
                  <Cell path={path} index={index} items={items} column={key} />
                </td>
              ))}
              {!read && (
                <td className="bf-tools">
                  <RowTools field={field} index={index} count={rows.length} noun={noun} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
  const most = schema.maxItems ?? 500
  return (
    <div className="bf-field" data-wide data-invalid={error ? true : undefined} id={id} data-path={path} tabIndex={-1}>
      <div className="bf-label">
        <span>{title}</span>
        {!read && (required ? <em className="bf-must">{say('form.required')}</em> : <em className="bf-may">{say('form.optional')}</em>)}
        {rows.length > 0 && <span className="bf-aside">{say('rows.count', { count: rows.length })}</span>}
      </div>
      {description && <p className="bf-help">{description}</p>}
      {rows.length > 0 && body}
      {!read && rows.length < most && (
        <Button className="bf-add" type="dashed" icon={<PlusOutlined />} onClick={() => void field.push({})}>
          {propOf(schema, 'addText') ?? say('rows.add', { noun })}
        </Button>
      )}
      {error && (
        <p className="bf-error" id={`${id}-error`}>
          <ExclamationCircleFilled aria-hidden="true" /> {error}
        </p>
      )}
    </div>
  )
})

function RowTools({ field, index, count, noun }: { field: ArrayField; index: number; count: number; noun: string }) {
  return (
    <span className="bf-row-tools">
      {index > 0 && (
        <Button
          type="text"
          size="small"
          icon={<ArrowUpOutlined />}
          aria-label={say('rows.up', { noun, position: index + 1 })}
          onClick={() => void field.moveUp(index)}
        />
      )}
      {index < count - 1 && (
        <Button
          type="text"
          size="small"
          icon={<ArrowDownOutlined />}
          aria-label={say('rows.down', { noun, position: index + 1 })}
          onClick={() => void field.moveDown(index)}
        />
      )}
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        aria-label={say('rows.delete', { noun, position: index + 1 })}
        onClick={() => void field.remove(index)}
      />
    </span>
  )
}

/** All fields of one row, as a small form. */
export function RowFields({ path, index, items }: { path: string; index: number; items: Schema | undefined }) {
  const reading = useContext(ReadContext)
  if (!items) return null
  return (
    <HolderContext.Provider value={`${path}.${index}`}>
      <FrameContext.Provider value="field">
        <InsideStepContext.Provider value={true}>
          <ReadContext.Provider value={reading}>
            <div className="bf-fields">
              <RecursionField schema={items} name={index} onlyRenderProperties />
            </div>
          </ReadContext.Provider>
        </InsideStepContext.Provider>
      </FrameContext.Provider>
    </HolderContext.Provider>
  )
}

function Cell({ path, index, items, column }: { path: string; index: number; items: Schema | undefined; column: string }) {
  if (!items) return null
  return (
    <HolderContext.Provider value={`${path}.${index}`}>
      <FrameContext.Provider value="cell">
        <RecursionField schema={items} name={index} onlyRenderProperties filterProperties={(schema) => schema.name === column} />
      </FrameContext.Provider>
    </HolderContext.Provider>
  )
}
