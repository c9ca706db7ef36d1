import { CloseCircleFilled, DownOutlined, SafetyCertificateFilled, UpOutlined, WarningFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ProcedureFinding } from '../../contracts/api/admin.ts'
import { say } from './words/say.ts'

const icons: Record<ProcedureFinding['kind'], ReactNode> = {
  law: <SafetyCertificateFilled />,
  error: <CloseCircleFilled />,
  warning: <WarningFilled />,
}
const tones: Record<ProcedureFinding['kind'], string> = { law: 'red', error: 'red', warning: 'amber' }
const order: readonly ProcedureFinding['kind'][] = ['law', 'error', 'warning']

export interface FindingsProps {
  /** null while the first check runs. */
  findings: readonly ProcedureFinding[] | null
  failed: boolean
  /** The node that is chosen: its findings stand out. */
  chosen: string | null
  nameOf(elementId: string): string
  onShow(elementId: string): void
}

/** What the check found, below the canvas: the node as a link, what is wrong and the clause. */
export function Findings({ findings, failed, chosen, nameOf, onShow }: FindingsProps) {
  const [folded, setFolded] = useState(false)
  const list = [...(findings ?? [])].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))

  return (
    <section className="pd-findings" aria-label={say('findings.title')}>
      <div className="pd-findings-head">
        <b>{say('findings.title')}</b>
        {order.map((kind) => {
          const count = list.filter((finding) => finding.kind === kind).length
          return count > 0 && <span key={kind} className={`pd-chip ${tones[kind]}`}>{`${say(`findings.${kind}`)} ${count}`}</span>
        })}
        <span className="pd-sub" role="status">
          {failed ? say('findings.failed') : findings === null ? say('findings.checking') : list.length === 0 ? say('findings.none') : ''}
        </span>
        <span className="pd-grow" />
        {list.some((finding) => finding.kind !== 'warning') && <span className="pd-sub">{say('findings.rule')}</span>}
        {list.length > 0 && (
          <Button
            type="text"
            size="small"
            icon={folded ? <UpOutlined /> : <DownOutlined />}
            aria-label={say(folded ? 'findings.unfold' : 'findings.fold')}
            onClick={() => setFolded(!folded)}
          />
        )}
      </div>
      {!folded && list.length > 0 && (
        <ul>
          {list.map((finding) => (
            <li key={`${finding.elementId}${finding.message}`} aria-current={chosen !== null && finding.elementId === chosen}>
              <span className={`pd-level ${tones[finding.kind]}`}>
                {icons[finding.kind]}
                {say(`findings.${finding.kind}`)}
              </span>
              {finding.elementId ? (
                <button type="button" className="pd-link" onClick={() => onShow(finding.elementId ?? '')}>
                  {nameOf(finding.elementId)}
                </button>
              ) : (
                <span className="pd-link-place">{say('findings.model')}</span>
              )}
              <span className="pd-grow">
                {finding.message}
                {finding.basis && <span className="pd-sub"> {say('findings.basis', { basis: finding.basis })}</span>}
                {finding.line > 0 && !finding.basis && <span className="pd-sub"> {say('findings.line', { line: finding.line })}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
