import { CheckCircleOutlined, CloseCircleFilled, WarningFilled } from '@ant-design/icons'
import type { FormFinding } from '../../contracts/form-rules/index.ts'

/** What must be put right before publishing, each a way to its field. */
export function FindingsList({ findings, onChoose }: { findings: readonly FormFinding[]; onChoose(id: string): void }) {
  if (findings.length === 0)
    return (
      <p className="fd-fine">
        <CheckCircleOutlined /> 检查通过，可以发布
      </p>
    )
  return (
    <ul className="fd-findings">
      {findings.map((finding) => (
        <li key={`${finding.fieldId}-${finding.message}`}>
          {finding.severity === 'error' ? (
            <CloseCircleFilled className="fd-red" aria-label="错误" />
          ) : (
            <WarningFilled className="fd-amber" aria-label="提醒" />
          )}
          {finding.fieldId ? (
            <button type="button" onClick={() => finding.fieldId && onChoose(finding.fieldId)}>
              {finding.message}
            </button>
          ) : (
            <span>{finding.message}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
