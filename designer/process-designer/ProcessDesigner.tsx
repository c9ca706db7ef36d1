import {
  ArrowLeftOutlined,
  CheckCircleFilled,
  CompressOutlined,
  MinusOutlined,
  PlusOutlined,
  RedoOutlined,
  UndoOutlined,
} from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ProcedureEdit, ProcedureFinding } from '../../contracts/api/admin.ts'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css'
import 'diagram-js-minimap/assets/diagram-js-minimap.css'
import { useIsSmall } from '../use-is-small.ts'
import type { DesignerModeler } from './canvas/bpmn-services.ts'
import { showModel } from './canvas/create-modeler.ts'
import { Findings } from './Findings.tsx'
import { Inspector } from './inspector/Inspector.tsx'
import { markNodes } from './mark-nodes.ts'
import { PublishDialog } from './PublishDialog.tsx'
import { type Saving, useDraft } from './use-draft.ts'
import { useModeler } from './use-modeler.ts'
import { useReadOnly } from './use-read-only.ts'
import { say } from './words/say.ts'
import './process-designer.css'

interface ProcessDesignerProps {
  procedure: ProcedureEdit
  onBack(): void
  onSaveDraft(xml: string, slots: Record<string, unknown>): Promise<void>
  onCheck(xml: string, slots: Record<string, unknown>): Promise<readonly ProcedureFinding[]>
  /** Publishes the saved draft; rejects with a message for the person. */
  onPublish(note: string): Promise<void>
}

/** The process designer: canvas, settings of the chosen node, findings; every edit is undoable and saved. */
export function ProcessDesigner({ procedure, onBack, onSaveDraft, onCheck, onPublish }: ProcessDesignerProps) {
  const box = useRef<HTMLDivElement>(null)
  const { modeler, shape, revision, zoom, broken } = useModeler(box, procedure.draftXml ?? procedure.xml)
  useReadOnly(modeler, useIsSmall())
  const [slots, setSlots] = useState(procedure.slots)
  const [publishing, setPublishing] = useState(false)
  const io = useMemo(
    () => ({
      read: async () => (await modeler?.saveXML({ format: true }))?.xml ?? procedure.xml,
      save: onSaveDraft,
      check: onCheck,
    }),
    [modeler, procedure.xml, onSaveDraft, onCheck],
  )
  const { saving, findings, checkFailed, saveNow } = useDraft(io, slots, revision, modeler !== null)
  const blocking = (findings ?? []).filter((finding) => finding.kind !== 'warning').length
  const hasDraft = procedure.draftXml !== null || saving.kind === 'saved'
  const next = procedure.version + 1

  // biome-ignore lint/correctness/useExhaustiveDependencies: an edit may have made or moved nodes
  useEffect(() => {
    if (modeler) markNodes(modeler, findings ?? [])
  }, [modeler, findings, revision])

  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      void saveNow()
    }
    addEventListener('keydown', handleKey)
    return () => removeEventListener('keydown', handleKey)
  }, [saveNow])

  const handleShow = (id: string) => {
    const found = modeler?.get('elementRegistry').get(id)
    if (!modeler || !found) return
    modeler.get('selection').select(found)
    modeler.get('canvas').scrollToElement(id, 160)
  }
  const nameOf = (id: string) => modeler?.get('elementRegistry').get(id)?.businessObject.name ?? id
  const commands = modeler?.get('commandStack')

  return (
    <div className="pd">
      <header className="pd-head">
        <Button type="text" icon={<ArrowLeftOutlined />} aria-label={say('frame.back')} onClick={onBack} />
        <h1>{procedure.title}</h1>
        <span className={`pd-chip ${hasDraft ? 'amber' : 'green'}`}>
          {hasDraft ? say('frame.draft', { version: next }) : say('frame.published', { version: procedure.version })}
        </span>
        <Saved saving={saving} onRetry={() => void saveNow()} />
        <span className="pd-grow" />
        <span className="pd-row pd-actions">
          <Button
            type="text"
            icon={<UndoOutlined />}
            aria-label={say('frame.undo')}
            disabled={!commands?.canUndo()}
            onClick={() => commands?.undo()}
          />
          <Button
            type="text"
            icon={<RedoOutlined />}
            aria-label={say('frame.redo')}
            disabled={!commands?.canRedo()}
            onClick={() => commands?.redo()}
          />
          <Button
            type="primary"
            disabled={!hasDraft || blocking > 0 || findings === null || saving.kind === 'saving'}
            onClick={() => setPublishing(true)}
          >
            {blocking > 0 ? say('frame.publish-blocked', { count: blocking }) : say('frame.publish', { version: next })}
          </Button>
        </span>
      </header>
      <p className="pd-narrow">{say('frame.narrow')}</p>
      <div className="pd-body">
        <div className="pd-center">
          <div className="pd-canvas">
            <div ref={box} className="pd-canvas-box" />
            {broken && (
              <p className="pd-broken" role="alert">
                {say('canvas.broken', { reason: broken })}
              </p>
            )}
            {modeler && <FindNode modeler={modeler} onShow={handleShow} />}
            {modeler && <Zoom modeler={modeler} zoom={zoom} />}
          </div>
          <Findings findings={findings} failed={checkFailed} chosen={shape?.id ?? null} nameOf={nameOf} onShow={handleShow} />
        </div>
        <Inspector modeler={modeler} shape={shape} procedure={procedure} slots={slots} findings={findings ?? []} onSlots={setSlots} />
      </div>
      <PublishDialog open={publishing} onPublish={onPublish} onClose={() => setPublishing(false)} />
    </div>
  )
}

function Saved({ saving, onRetry }: { saving: Saving; onRetry(): void }) {
  const time =
    saving.kind === 'saved' ? new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false }).format(saving.at) : ''
  return (
    <span className="pd-sub pd-row" role="status">
      {saving.kind === 'clean' && say('saved.clean')}
      {saving.kind === 'saving' && say('saved.now')}
      {saving.kind === 'saved' && (
        <>
          <CheckCircleFilled className="green" />
          {say('saved.at', { time })}
        </>
      )}
      {saving.kind === 'failed' && (
        <>
          <span className="red">{say('saved.failed')}</span>
          <Button size="small" onClick={onRetry}>
            {say('saved.retry')}
          </Button>
        </>
      )}
    </span>
  )
}

function FindNode({ modeler, onShow }: { modeler: DesignerModeler; onShow(id: string): void }) {
  const nodes = modeler
    .get('elementRegistry')
    .filter((shape) => !shape.labelTarget && !('waypoints' in shape) && Boolean(shape.businessObject.name))
  return (
    <Select
      className="pd-find"
      showSearch
      optionFilterProp="label"
      placeholder={say('canvas.find')}
      aria-label={say('canvas.find')}
      value={null}
      options={nodes.map((shape) => ({ value: shape.id, label: shape.businessObject.name ?? shape.id }))}
      onSelect={(id: string | null) => id && onShow(id)}
    />
  )
}

function Zoom({ modeler, zoom }: { modeler: DesignerModeler; zoom: number }) {
  const canvas = modeler.get('canvas')
  return (
    <div className="pd-zoom">
      <Button
        type="text"
        size="small"
        icon={<MinusOutlined />}
        aria-label={say('canvas.zoom-out')}
        onClick={() => canvas.zoom(Math.max(zoom - 0.1, 0.2), 'auto')}
      />
      <span>{`${Math.round(zoom * 100)}%`}</span>
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined />}
        aria-label={say('canvas.zoom-in')}
        onClick={() => canvas.zoom(Math.min(zoom + 0.1, 4), 'auto')}
      />
      <Button type="text" size="small" icon={<CompressOutlined />} aria-label={say('canvas.fit')} onClick={() => showModel(modeler, 0)} />
    </div>
  )
}
