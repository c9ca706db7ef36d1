import { Input } from 'antd'
import { useDesigner } from '../designer-context.ts'
import { renameForm } from '../model/commands.ts'
import { Setting } from './Setting.tsx'

/** Settings of the form itself. */
export function FormSettings() {
  const { history, dispatch } = useDesigner()
  return (
    <div className="fd-tab fd-scroll">
      <p className="fd-title">表单</p>
      <Setting title="名称">
        <Input
          value={history.design.title}
          maxLength={60}
          onChange={(event) => dispatch({ kind: 'do', command: renameForm(history.design, event.target.value) })}
        />
      </Setting>
      <p className="fd-sub">在中间选一个字段，这里就是它的设置。拖左侧的组件，可以添加字段。</p>
      <dl className="fd-shortcuts">
        <dt>
          <kbd>Alt ↑↓</kbd>
        </dt>
        <dd>移动字段</dd>
        <dt>
          <kbd>Alt →</kbd> <kbd>Alt ←</kbd>
        </dt>
        <dd>移进上面的分组，移出分组</dd>
        <dt>
          <kbd>Ctrl D</kbd>
        </dt>
        <dd>再制</dd>
        <dt>
          <kbd>Del</kbd>
        </dt>
        <dd>删除</dd>
        <dt>
          <kbd>Ctrl Z</kbd> <kbd>Ctrl ⇧ Z</kbd>
        </dt>
        <dd>撤销，重做</dd>
        <dt>
          <kbd>Ctrl S</kbd>
        </dt>
        <dd>保存</dd>
      </dl>
    </div>
  )
}
