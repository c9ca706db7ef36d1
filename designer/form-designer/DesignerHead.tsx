import { ArrowLeftOutlined, HistoryOutlined, RedoOutlined, UndoOutlined, WarningOutlined } from '@ant-design/icons'
import { Button, Popover, Segmented, Tooltip } from 'antd'
import type { FormEdit } from '../../contracts/api/admin.ts'
import { useDesigner } from './designer-context.ts'
import { FindingsList } from './FindingsList.tsx'
import { SavedWords } from './SavedWords.tsx'
import type { SaveState } from './use-autosave.ts'
import { VersionList } from './VersionList.tsx'

export type View = 'design' | 'logic' | 'preview' | 'source'

export interface DesignerHeadProps {
  readonly code: string
  /** In force. */
  readonly version: number
  readonly versions: FormEdit['versions']
  readonly isChanged: boolean
  readonly canDiscard: boolean
  readonly saved: SaveState
  readonly view: View
  onView(view: View): void
  saveNow(): Promise<unknown>
  onPublish(): void
  onChoose(id: string): void
  onDiscard(): void
  onReload(): void
  onBack(): void
}

/** One row: back, title, version, saved; views; undo, redo, versions, findings, publish. */
export function DesignerHead({
  code,
  version,
  versions,
  isChanged,
  canDiscard,
  saved,
  view,
  onView,
  saveNow,
  onPublish,
  onChoose,
  onDiscard,
  onReload,
  onBack,
}: DesignerHeadProps) {
  const { history, dispatch, findings } = useDesigner()
  const errors = findings.filter((finding) => finding.severity === 'error').length
  return (
    <header className="fd-head">
      <Button type="text" icon={<ArrowLeftOutlined />} aria-label="返回表单列表" onClick={() => void saveNow().then(onBack)} />
      <h1>{history.design.title}</h1>
      <span className="fd-chip">{code}</span>
      {isChanged ? (
        <span className="fd-chip fd-chip-amber">v{version + 1} 草稿</span>
      ) : (
        <span className="fd-chip fd-chip-green">v{version} 在用</span>
      )}
      <SavedWords state={saved} onRetry={() => void saveNow()} onReload={onReload} />
      <div className="fd-middle">
        <Segmented<View>
          aria-label="视图"
          value={view}
          onChange={onView}
          options={[
            { value: 'design', label: '设计' },
            { value: 'logic', label: '逻辑' },
            { value: 'preview', label: '预览' },
            { value: 'source', label: '源码' },
          ]}
        />
      </div>
      <Tooltip title="撤销 Ctrl Z">
        <Button
          type="text"
          icon={<UndoOutlined />}
          aria-label="撤销"
          disabled={history.past.length === 0}
          onClick={() => dispatch({ kind: 'undo' })}
        />
      </Tooltip>
      <Tooltip title="重做 Ctrl ⇧ Z">
        <Button
          type="text"
          icon={<RedoOutlined />}
          aria-label="重做"
          disabled={history.future.length === 0}
          onClick={() => dispatch({ kind: 'redo' })}
        />
      </Tooltip>
      <Popover
        trigger="click"
        placement="bottomRight"
        content={<VersionList versions={versions} current={version} canDiscard={canDiscard} onDiscard={onDiscard} />}
      >
        <Button type="text" icon={<HistoryOutlined />}>
          版本
        </Button>
      </Popover>
      <Popover trigger="click" placement="bottomRight" content={<FindingsList findings={findings} onChoose={onChoose} />}>
        <Button icon={findings.length > 0 ? <WarningOutlined className="fd-amber" /> : undefined}>
          {errors > 0 ? `${errors} 处要改` : findings.length > 0 ? `${findings.length} 项提醒` : '检查通过'}
        </Button>
      </Popover>
      <Button type="primary" disabled={!isChanged} onClick={onPublish}>
        发布 v{version + 1}…
      </Button>
    </header>
  )
}
