import { defineFieldType } from '../field-type.ts'
import { say } from '../words/say.ts'
import { ReferencePicker, ReferenceText } from './reference-picker.tsx'

export const person = defineFieldType<string | string[]>({
  type: 'Person',
  label: '人员',
  group: 'common',
  Input: (props) => <ReferencePicker {...props} kind="person" placeholder={say('pick.person')} />,
  Text: (props) => <ReferenceText kind="person" path={props.path} value={props.value} />,
  make: () => ({ type: 'string', title: '人员', 'x-component': 'Person' }),
})
