import { Button, Popconfirm } from 'antd'

export interface VersionListProps {
  readonly versions: readonly { version: number; publishedAt: number; by: string; note: string }[]
  readonly current: number
  readonly canDiscard: boolean
  onDiscard(): void
}

/** Who published what and why; the draft can be given up here. */
export function VersionList({ versions, current, canDiscard, onDiscard }: VersionListProps) {
  return (
    <div className="fd-versions">
      <ol>
        {versions.map((each) => (
          <li key={each.version}>
            <b>v{each.version}</b>
            {each.version === current && <span className="fd-chip fd-chip-green">在用</span>}
            <p>{each.note}</p>
            <small>
              {each.publishedAt > 0
                ? `${new Date(each.publishedAt).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'medium', timeStyle: 'short' })}　${each.by}`
                : ''}
            </small>
          </li>
        ))}
      </ol>
      {canDiscard && (
        <Popconfirm title="放弃草稿里的全部改动？" okText="放弃" cancelText="留着" okButtonProps={{ danger: true }} onConfirm={onDiscard}>
          <Button danger size="small">
            放弃草稿
          </Button>
        </Popconfirm>
      )}
    </div>
  )
}
