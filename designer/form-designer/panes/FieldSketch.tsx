import { CameraOutlined, DownOutlined } from '@ant-design/icons'
import type { FieldSchema, FormResources } from '../../../contracts/form-definition.ts'
import { FIELD_ICONS } from '../field-icons.tsx'

const DOTS: Record<string, string> = { GENERAL: '#1557d6', SUSPECTED_MAJOR: '#d9730d', MAJOR: '#c8291e' }

/** How a field looks on the canvas: light, because two hundred of them must drag at 60 frames per second. */
export function FieldSketch({ field, resources }: { field: FieldSchema; resources: FormResources }) {
  const placeholder = field['x-component-props']?.['placeholder'] as string | undefined
  const Icon = FIELD_ICONS[field['x-component']]
  switch (field['x-component']) {
    case 'Radio':
      return (
        <div className="fd-radios">
          {(field.enum ?? []).slice(0, 6).map((option) => (
            <span key={String(option.value)}>
              <i />
              {DOTS[String(option.value)] && <s style={{ background: DOTS[String(option.value)] }} />}
              {option.label}
            </span>
          ))}
        </div>
      )
    case 'Switch':
      return <div className="fd-switch" />
    case 'Photo':
      return (
        <div className="fd-photo">
          <CameraOutlined />
          拍照
        </div>
      )
    case 'Signature':
      return <div className="fd-box fd-tall fd-center">在这里手写签名</div>
    case 'TextArea':
      return <div className="fd-box fd-tall">{placeholder ?? '请输入'}</div>
    case 'Select':
      return (
        <div className="fd-box">
          <span>{placeholder ?? '请选择'}</span>
          <DownOutlined />
        </div>
      )
    case 'CheckSheet': {
      const lines = resources.sheets[String(field['x-component-props']?.['sheet'])] ?? []
      return (
        <div className="fd-box fd-tall fd-column">
          {lines.slice(0, 2).map((line) => (
            <span key={line.lineId}>
              {line.lineId}　{line.item}
            </span>
          ))}
          <span>共 {lines.length} 项</span>
        </div>
      )
    }
    case 'Note':
      return <p className="fd-note">{field.description ?? '说明'}</p>
    case 'Calculated':
    case 'Serial':
      return (
        <div className="fd-box fd-muted">
          <span>{field['x-component'] === 'Serial' ? '系统编号' : '系统计算'}</span>
          <Icon />
        </div>
      )
    case 'Table':
      return <div className="fd-box fd-tall fd-center">{field['x-form'] ? `每行一张 ${field['x-form']}` : '明细'}</div>
    default:
      return (
        <div className={field['x-server'] ? 'fd-box fd-muted' : 'fd-box'}>
          <span>
            {field['x-server']
              ? '系统填写'
              : (placeholder ?? (field['x-component'] === 'Date' ? '年 / 月 / 日' : field['x-unit'] ? `0 ${field['x-unit']}` : '请输入'))}
          </span>
          {field['x-component'] !== 'Text' && <Icon />}
        </div>
      )
  }
}
