import { BranchesOutlined, LockOutlined, VerticalAlignMiddleOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import type { FieldSchema } from '../../../contracts/form-definition.ts'
import { isOwn } from '../model/new-field.ts'

/** Linked, of the county, locked, may only be tightened: each a sign with a name. */
export function Marks({ field }: { field: FieldSchema }) {
  const linked = (field['x-reactions']?.length ?? 0) > 0 || field['x-formula'] !== undefined
  return (
    <span className="fd-marks">
      {linked && (
        <Tooltip title="有联动">
          <BranchesOutlined className="fd-blue" aria-label="有联动" />
        </Tooltip>
      )}
      {isOwn(field) && <span className="fd-chip fd-chip-green">本县</span>}
      {field['x-lock'] === 'locked' && (
        <Tooltip title="省级锁定">
          <LockOutlined aria-label="省级锁定" />
        </Tooltip>
      )}
      {field['x-lock'] === 'tighten' && (
        <Tooltip title="只能收紧">
          <VerticalAlignMiddleOutlined aria-label="只能收紧" />
        </Tooltip>
      )}
    </span>
  )
}
