import { defineFieldType } from '../field-type.ts'
import { say } from '../words/say.ts'
import { ReferencePicker, ReferenceText } from './reference-picker.tsx'

export const unit = defineFieldType<string | string[]>({
  type: 'Unit',
  label: '单位',
  group: 'organisation',
  Input: (props) => <ReferencePicker {...props} kind="unit" placeholder={say('pick.unit')} />,
  Text: (props) => <ReferenceText kind="unit" path={props.path} value={props.value} />,
  make: () => ({ type: 'string', title: '单位', 'x-component': 'Unit' }),
})
