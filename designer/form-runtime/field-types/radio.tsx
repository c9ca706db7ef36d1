import type { FieldOption } from '../../../contracts/form-definition.ts'
import { defineFieldType } from '../field-type.ts'

const DOTS: Record<string, string> = { GENERAL: 'blue', SUSPECTED_MAJOR: 'orange', MAJOR: 'red' }

/** Choice cards: all answers in sight, one tap. The words carry the meaning, dots only repeat it. */
export const radio = defineFieldType<string | number | boolean>({
  type: 'Radio',
  label: '单选',
  group: 'common',
  isGroup: true,
  Input: ({ id, value, schema, title, required, invalid, describedBy, onChange, onBlur }) => {
    const options = schema.enum ?? []
    return (
      <div
        id={id}
        className="bf-radios"
        role="radiogroup"
        aria-label={title}
        aria-required={required}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        data-count={options.length}
        tabIndex={-1}
      >
        {options.map((option) => (
          <Choice
            key={String(option.value)}
            name={id}
            option={option}
            checked={option.value === value}
            onChoose={() => onChange(option.value)}
            onBlur={onBlur}
          />
        ))}
      </div>
    )
  },
  make: () => ({
    type: 'string',
    title: '单选',
    enum: [
      { label: '选项一', value: 'ONE' },
      { label: '选项二', value: 'TWO' },
    ],
    'x-component': 'Radio',
  }),
})

function Choice({
  name,
  option,
  checked,
  onChoose,
  onBlur,
}: {
  name: string
  option: FieldOption
  checked: boolean
  onChoose(): void
  onBlur(): void
}) {
  const dot = DOTS[String(option.value)]
  return (
    <label className="bf-radio" data-checked={checked || undefined} data-disabled={option.disabled || undefined}>
      <input type="radio" name={name} checked={checked} disabled={option.disabled === true} onChange={onChoose} onBlur={onBlur} />
      <span className="bf-radio-words">
        <b>
          {dot && <i className={`bf-dot bf-dot-${dot}`} aria-hidden="true" />}
          {option.label}
        </b>
        {option.description && <small>{option.description}</small>}
      </span>
    </label>
  )
}
