import { ArrowLeftOutlined, CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import type { FormResources, FormSchema } from '../../contracts/form-definition.ts'
import { resolveForm } from '../../contracts/form-rules/index.ts'
import { FormView } from '../form-runtime/index.ts'

interface ReadOnlyFormProps {
  readonly formKey: string
  readonly code: string
  readonly title: string
  readonly schema: FormSchema
  readonly resources: FormResources
  readonly onBack: () => void
}

/** What a small screen gets of the designer: the form as people will see it, and the way to a larger screen. */
export function ReadOnlyForm({ formKey, code, title, schema, resources, onBack }: ReadOnlyFormProps) {
  const [copied, setCopied] = useState(false)
  const definition = useMemo(
    () => ({ key: formKey, title, schema: resolveForm({ schema }, resources).schema }),
    [formKey, title, schema, resources],
  )
  const handleCopy = async () => {
    await navigator.clipboard.writeText(window.location.href)
    setCopied(true)
  }
  return (
    <div className="fd fd-small">
      <header className="fd-head">
        <Button type="text" icon={<ArrowLeftOutlined />} aria-label="返回表单列表" onClick={onBack} />
        <h1 className="fd-ellipsis">{title}</h1>
        <span className="fd-chip">{code}</span>
      </header>
      <div className="fd-small-note">
        <p>设计需要电脑，请用 1280 以上的屏幕。这里只能看，填的内容不会留下。</p>
        <Button icon={<CopyOutlined />} onClick={() => void handleCopy().catch(() => setCopied(false))}>
          {copied ? '地址已复制' : '复制地址'}
        </Button>
      </div>
      <main className="fd-small-form fd-scroll">
        <FormView definition={definition} values={NOTHING} mode="fill" />
      </main>
    </div>
  )
}

const NOTHING = {}
