import { defineFieldType } from '../field-type.ts'
import { say } from '../words/say.ts'
import { ReferencePicker, ReferenceText } from './reference-picker.tsx'

export const enterprise = defineFieldType<string | string[]>({
  type: 'Enterprise',
  label: '企业',
  group: 'organisation',
  Input: (props) => <ReferencePicker {...props} kind="enterprise" placeholder={say('pick.enterprise')} />,
  Text: (props) => <ReferenceText kind="enterprise" path={props.path} value={props.value} />,
  make: () => ({ type: 'string', title: '企业', 'x-component': 'Enterprise' }),
})
