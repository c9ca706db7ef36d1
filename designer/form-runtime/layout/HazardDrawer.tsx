import type { Schema } from '@formily/json-schema'
import { RecursionField, useForm } from '@formily/react'
import { Button, Drawer } from 'antd'
import { useMemo } from 'react'
import { focusField } from '../model/focus-field.ts'
import { FormContext, FrameContext, HolderContext, InsideStepContext, useFormVersion, useSurroundings } from '../model/form-context.ts'
import { toFormily } from '../model/to-formily.ts'
import { say } from '../words/say.ts'
import { useMissingWords } from './hazard-words.tsx'

export interface HazardDrawerProps {
  readonly path: string
  /** Which row is open; null: none. */
  readonly index: number | null
  onClose(): void
}

/** The whole registration of one hazard over the sheet: a page on the phone, a panel on the desktop. */
export function HazardDrawer({ path, index, onClose }: HazardDrawerProps) {
  const surroundings = useSurroundings()
  const form = useForm()
  useFormVersion()
  const { phone, model } = surroundings
  const row = index === null ? '' : `${path}.${index}`
  const missing = useMissingWords(row === '' ? '\u0000' : row)
  const properties = model.stateOf(path)?.node.schema.items?.properties
  const schema = useMemo(() => (properties ? toFormily({ type: 'object', properties }) : null), [properties])
  const address = form.query(path).take()?.address.toString() ?? path
  return (
    <Drawer
      open={index !== null}
      onClose={onClose}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '100%' : 720}
      title={say('hazard.register', { position: (index ?? 0) + 1 })}
      className="bf-drawer"
      destroyOnHidden
      footer={
        <div className="bf-drawer-foot">
          <span className={missing.length > 0 ? 'bf-amber' : 'bf-green'}>
            {missing.length === 0
              ? say('hazard.complete')
              : phone
                ? say('hazard.left', { count: missing.length })
                : say('hazard.lacks', { what: missing.join('、') })}
          </span>
          <Button
            type="primary"
            size="large"
            onClick={() => {
              const within = (field: string) => field.startsWith(`${row}.`)
              if (model.validate(within)) return onClose()
              const first = model.missing(within)[0]
              if (first) focusField(surroundings.idPrefix, first.field)
            }}
          >
            {say(missing.length > 0 ? 'hazard.showLeft' : 'hazard.done')}
          </Button>
          {missing.length > 0 && (
            <Button size="large" onClick={onClose}>
              {say('hazard.later')}
            </Button>
          )}
        </div>
      }
    >
      {index !== null && schema && (
        <FormContext.Provider value={{ ...surroundings, steps: undefined }}>
          <HolderContext.Provider value={row}>
            <InsideStepContext.Provider value={true}>
              <FrameContext.Provider value="field">
                <div className="bf-form bf-fields" data-phone={phone || undefined}>
                  <RecursionField schema={schema as Schema} basePath={`${address}.${index}`} onlyRenderProperties />
                </div>
              </FrameContext.Provider>
            </InsideStepContext.Provider>
          </HolderContext.Provider>
        </FormContext.Provider>
      )}
    </Drawer>
  )
}
