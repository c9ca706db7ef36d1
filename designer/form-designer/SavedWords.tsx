import { CheckCircleFilled, ExclamationCircleFilled, LoadingOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { SaveState } from './use-autosave.ts'

/** What became of the draft, always in words. */
export function SavedWords({ state, onRetry, onReload }: { state: SaveState; onRetry(): void; onReload(): void }) {
  return (
    <span className="fd-saved" role="status">
      {state.kind === 'saving' && (
        <>
          <LoadingOutlined /> 正在保存
        </>
      )}
      {state.kind === 'saved' && state.at !== null && (
        <>
          <CheckCircleFilled className="fd-green" /> 已自动保存{' '}
          {new Date(state.at).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' })}
        </>
      )}
      {state.kind === 'unsaved' && '有改动，稍后自动保存'}
      {state.kind === 'failed' && (
        <>
          <ExclamationCircleFilled className="fd-amber" /> 保存失败
          <Button type="link" size="small" onClick={onRetry}>
            重试
          </Button>
        </>
      )}
      {state.kind === 'conflict' && (
        <>
          <ExclamationCircleFilled className="fd-amber" /> 别人改过这份草稿，您的改动没有覆盖它
          <Button type="link" size="small" onClick={onReload}>
            打开最新的
          </Button>
        </>
      )}
    </span>
  )
}
