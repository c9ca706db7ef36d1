import { defineFieldType, type FieldInputProps, type FieldTextProps } from '../field-type.ts'
import { useSurroundings } from '../model/form-context.ts'
import { type SignatureInk, SignaturePad } from '../SignaturePad.tsx'
import { say } from '../words/say.ts'

type Value = SignatureInk | { id: string } | string

function SignatureInput({ id, value, phone, onChange, onBlur }: FieldInputProps<Value>) {
  const kept = typeof value === 'object' && value !== null && 'image' in value ? value : null
  return (
    <div>
      <SignaturePad
        id={id}
        height={phone ? 180 : 220}
        onChange={(ink) => {
          onChange(ink ?? undefined)
          onBlur()
        }}
      />
      {kept && (
        <p className="bf-signed" role="status">
          {say('signature.strokes', { count: kept.strokes })}
        </p>
      )}
    </div>
  )
}

function SignatureText({ value }: FieldTextProps<Value>) {
  const { sources } = useSurroundings()
  if (!value) return <span className="bf-text">—</span>
  const url = typeof value === 'string' ? sources.fileUrl?.(value) : 'image' in value ? value.image : sources.fileUrl?.(value.id)
  return url ? (
    <img className="bf-signature" src={url} alt={say('signature.name')} />
  ) : (
    <span className="bf-text">{say('signature.done')}</span>
  )
}

export const signature = defineFieldType<Value>({
  type: 'Signature',
  label: '手写签名',
  group: 'common',
  isGroup: true,
  wide: true,
  Input: SignatureInput,
  Text: SignatureText,
  make: () => ({ type: 'object', title: '签名', 'x-component': 'Signature' }),
})
