import { Button, Input } from 'antd'
import { useState } from 'react'
import { ExpressionError, expressionText, parseExpression } from '../../../contracts/expression/index.ts'
import type { Reaction } from '../../../contracts/form-definition.ts'

/** The escape for what the sentence builder does not know: the condition as an expression, checked as it is typed. */
export function ExpressionEditor({
  reaction,
  onDone,
  onCancel,
}: {
  reaction: Reaction
  onDone(reaction: Reaction): void
  onCancel(): void
}) {
  const [when, setWhen] = useState(reaction.when ?? '')
  const wrong = faultOf(when)
  return (
    <div className="fd-builder">
      <Input.TextArea
        className="fd-mono"
        aria-label="条件表达式"
        autoSize={{ minRows: 2 }}
        value={when}
        onChange={(event) => setWhen(event.target.value)}
      />
      <small>{(reaction.dependencies ?? []).map((path, index) => `$deps[${index}] 是 ${path}`).join('；')}</small>
      {wrong && (
        <p className="fd-red" role="alert">
          {wrong}
        </p>
      )}
      <div className="fd-builder-foot">
        <span className="fd-grow" />
        <Button size="small" onClick={onCancel}>
          取消
        </Button>
        <Button size="small" type="primary" disabled={wrong !== undefined} onClick={() => onDone({ ...reaction, when })}>
          完成
        </Button>
      </div>
    </div>
  )
}

function faultOf(text: string): string | undefined {
  const source = expressionText(text)
  if (source === undefined) return '要写成 {{ 表达式 }}'
  try {
    parseExpression(source)
    return undefined
  } catch (error) {
    return error instanceof ExpressionError ? error.message : '表达式写错了'
  }
}
