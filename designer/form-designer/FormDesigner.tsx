import { DesktopOutlined, MobileOutlined } from '@ant-design/icons'
import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  KeyboardSensor,
  MeasuringStrategy,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { Segmented } from 'antd'
import { useMemo, useReducer, useState } from 'react'
import type { FormEdit } from '../../contracts/api/admin.ts'
import type { FieldType, FormDefinition, FormResources } from '../../contracts/form-definition.ts'
import { formDifferences, lintForm } from '../../contracts/form-rules/index.ts'
import { FIELD_TYPES_UI } from '../form-runtime/index.ts'
import { useIsSmall } from '../use-is-small.ts'
import { DesignerHead, type View } from './DesignerHead.tsx'
import { DesignerContext, type DesignerSurroundings } from './designer-context.ts'
import { titleOf, whyKept } from './field-words.ts'
import { LogicPane } from './LogicPane.tsx'
import { pathOf } from './linkage/rules-about.ts'
import { addField, changeField, deleteField, moveField } from './model/commands.ts'
import { childrenOf, findField, listFields, ordered, type Place } from './model/form-tree.ts'
import { openHistory, reduceHistory } from './model/history.ts'
import { copyOf, newField } from './model/new-field.ts'
import { nearestDrop } from './nearest-drop.ts'
import { PublishDialog } from './PublishDialog.tsx'
import { Canvas } from './panes/Canvas.tsx'
import { Inspector } from './panes/Inspector.tsx'
import { Outline } from './panes/Outline.tsx'
import { Palette } from './panes/Palette.tsx'
import { breadcrumb, draggedTitle, placeAfter, shifted, whereWords } from './places.ts'
import { PreviewPane } from './preview/PreviewPane.tsx'
import { ReadOnlyForm } from './ReadOnlyForm.tsx'
import { type SaveDraft, useAutosave } from './use-autosave.ts'
import { useDesignerKeys } from './use-designer-keys.ts'

export interface FormDesignerProps {
  /** `GET /api/admin/forms/:key`. Give the component another `key` when it is loaded anew. */
  readonly edit: FormEdit
  /** `PUT …/draft`; rejects with `{ code: 'conflict' }` when somebody else has saved meanwhile. */
  readonly onSave: SaveDraft
  /** `POST …/publish`; rejects with a message for people. */
  readonly onPublish: (note: string, revision: number) => Promise<void>
  /** `DELETE …/draft`, then load anew. */
  readonly onDiscard: () => void
  /** Load anew: after a conflict. */
  readonly onReload: () => void
  readonly onBack: () => void
}

/** The form designer: palette and outline, canvas, settings; logic, preview, source; drafts by themselves, versions by a note. */
export function FormDesigner({ edit, onSave, onPublish, onDiscard, onReload, onBack }: FormDesignerProps) {
  const published = edit.published as FormDefinition
  const resources = edit.resources as FormResources
  const draft = edit.draft as { title: string; schema: FormDefinition['schema'] } | null
  const [history, dispatch] = useReducer(reduceHistory, null, () =>
    openHistory({ title: draft?.title ?? published.title, schema: ordered(draft?.schema ?? published.schema) }),
  )
  const [view, setView] = useState<View>('design')
  const [width, setWidth] = useState<'desktop' | 'phone'>('desktop')
  const [publishing, setPublishing] = useState<{ busy: boolean; failure: string | null } | null>(null)
  const small = useIsSmall()
  const [dragged, setDragged] = useState<string | null>(null)
  const { design } = history
  const before = useMemo(() => ordered(published.schema), [published])
  const findings = useMemo(
    () => lintForm(design.schema, { resources, previous: published.schema, readByProcedures: edit.fieldsReadByProcedures }),
    [design.schema, resources, published, edit.fieldsReadByProcedures],
  )
  const differences = useMemo(
    () => [...(design.title === published.title ? [] : [`表单改名为“${design.title}”`]), ...formDifferences(before, design.schema)],
    [before, design, published.title],
  )
  const { state: saved, saveNow } = useAutosave(design, { revision: edit.revision, savedAt: edit.draftSavedAt }, onSave)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor))

  const designer = useMemo<DesignerSurroundings>(() => {
    const { schema } = history.design
    const run = (command: ReturnType<typeof moveField>, say?: string, select?: string | null) =>
      command && dispatch({ kind: 'do', command, ...(say ? { say } : {}), ...(select === undefined ? {} : { select }) })
    return {
      history,
      dispatch,
      published: published.schema,
      resources,
      findings,
      readByProcedures: edit.fieldsReadByProcedures,
      width,
      select: (id) => dispatch({ kind: 'select', id }),

      add(type, place) {
        const made = newField(schema, type)
        run(
          addField(place ?? placeAfter(history.selected, schema), made.key, made.field),
          `已添加${FIELD_TYPES_UI[type].label}`,
          made.field['x-id'],
        )
      },
      remove(id) {
        const found = findField(schema, id)
        if (!found) return
        const inside = [found.field, ...listFields({ type: 'object', properties: childrenOf(found.field) ?? {} }).map((each) => each.field)]
        if (inside.some((field) => whyKept(field, edit.fieldsReadByProcedures, pathOf(schema, field['x-id']) ?? ''))) return
        run(deleteField(history.design, id), `已删除“${titleOf(found.key, found.field)}”，Ctrl Z 可以找回`, null)
      },
      duplicate(id) {
        const found = findField(schema, id)
        if (!found || found.field['x-component'] === 'Steps' || found.field['x-component'] === 'CheckSheet') return
        const copy = copyOf(schema, found.key, found.field)
        run(
          addField({ parent: found.place.parent, index: found.place.index + 1 }, copy.key, copy.field),
          `已再制“${titleOf(found.key, found.field)}”`,
          copy.field['x-id'],
        )
      },
      shift(id, way) {
        const target = shifted(schema, id, way)
        const command = target && moveField(history.design, id, target)
        if (!command) return
        const after = command.execute(history.design)
        run(command, `已移到${whereWords(after.schema, id)}`)
      },
      change(id, patch) {
        run(changeField(history.design, id, patch))
      },
    }
  }, [history, published, resources, findings, edit.fieldsReadByProcedures, width])
  useDesignerKeys(designer, () => void saveNow(), view === 'design' && !small)

  const handleDrop = ({ active, over }: DragEndEvent) => {
    setDragged(null)
    const place = over?.data.current as Place | undefined
    const what = active.data.current as { type?: FieldType; id?: string } | undefined
    if (!place || !what) return
    if (what.type) designer.add(what.type, place)
    else if (what.id) {
      const command = moveField(design, what.id, place)
      if (command) dispatch({ kind: 'do', command, select: what.id, say: `已移到${whereWords(command.execute(design).schema, what.id)}` })
    }
  }
  const choose = (id: string) => {
    setView('design')
    dispatch({ kind: 'select', id })
  }
  const chooseFromDialog = (id: string) => {
    setPublishing(null)
    choose(id)
  }
  const publish = async (note: string) => {
    setPublishing({ busy: true, failure: null })
    const revision = await saveNow()
    if (revision === null || revision === 0) return setPublishing({ busy: false, failure: '草稿没有存上，请稍后再试' })
    try {
      await onPublish(note, revision)
      setPublishing(null)
    } catch (error) {
      setPublishing({ busy: false, failure: error instanceof Error ? error.message : '没有发布成功，请再试一次' })
    }
  }
  const next = published.version + 1
  if (small) {
    const { title, schema } = design
    return <ReadOnlyForm formKey={published.key} code={published.code} onBack={onBack} {...{ title, schema, resources }} />
  }
  return (
    <DesignerContext.Provider value={designer}>
      <div className="fd">
        <DesignerHead
          code={published.code}
          version={published.version}
          versions={edit.versions}
          isChanged={differences.length > 0}
          canDiscard={edit.revision > 0 || differences.length > 0}
          saved={saved}
          view={view}
          onView={setView}
          saveNow={saveNow}
          onPublish={() => setPublishing({ busy: false, failure: null })}
          onChoose={choose}
          onDiscard={onDiscard}
          onReload={onReload}
          onBack={onBack}
        />
        {view === 'design' && (
          <DndContext
            sensors={sensors}
            collisionDetection={nearestDrop}
            measuring={{ droppable: { strategy: MeasuringStrategy.Always } }}
            onDragStart={({ active }) => setDragged(draggedTitle(active.data.current, design.schema))}
            onDragCancel={() => setDragged(null)}
            onDragEnd={handleDrop}
            accessibility={{
              screenReaderInstructions: { draggable: '按空格开始拖动，方向键移动，再按空格放下，Esc 取消。' },
              announcements: ANNOUNCEMENTS,
            }}
          >
            <div className="fd-body">
              <aside className="fd-side fd-left" aria-label="组件和大纲">
                <Palette />
                <Outline />
              </aside>
              <main className="fd-center">
                <div className="fd-bar">
                  <Segmented
                    size="small"
                    aria-label="画布宽度"
                    value={width}
                    onChange={setWidth}
                    options={[
                      { value: 'desktop', label: '电脑', icon: <DesktopOutlined /> },
                      { value: 'phone', label: '手机', icon: <MobileOutlined /> },
                    ]}
                  />
                  <span className="fd-grow" />
                  <span className="fd-sub">
                    {differences.length > 0 ? `比 v${published.version} 改了 ${differences.length} 处` : '没有改动'}
                  </span>
                </div>
                <Canvas />
                <footer className="fd-foot">
                  <span className="fd-grow fd-ellipsis" role="status">
                    {history.said || breadcrumb(design.schema, history.selected)}
                  </span>
                  <span>
                    <kbd>Alt ↑↓</kbd> 移动
                  </span>
                  <span>
                    <kbd>Ctrl D</kbd> 再制
                  </span>
                  <span>
                    <kbd>Del</kbd> 删除
                  </span>
                </footer>
              </main>
              <Inspector />
            </div>
            <DragOverlay dropAnimation={null}>{dragged && <div className="fd-dragged">{dragged}</div>}</DragOverlay>
          </DndContext>
        )}
        {view === 'logic' && <LogicPane onChoose={choose} />}
        {view === 'preview' && <PreviewPane formKey={published.key} title={design.title} schema={design.schema} resources={resources} />}
        {view === 'source' && <pre className="fd-source fd-scroll">{JSON.stringify(design.schema, null, 2)}</pre>}
        <PublishDialog
          open={publishing !== null}
          version={next}
          differences={differences}
          findings={findings}
          busy={publishing?.busy === true}
          failure={publishing?.failure ?? null}
          onPublish={(note) => void publish(note)}
          onClose={() => setPublishing(null)}
          onChoose={chooseFromDialog}
        />
      </div>
    </DesignerContext.Provider>
  )
}

const ANNOUNCEMENTS = {
  onDragStart: () => '已拿起',
  onDragOver: ({ over }: { over: unknown }) => (over ? '可以放在这里' : '这里不能放'),
  onDragEnd: ({ over }: { over: unknown }) => (over ? '已放下' : '没有移动'),
  onDragCancel: () => '已取消',
}
