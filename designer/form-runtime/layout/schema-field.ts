import { createSchemaField } from '@formily/react'
import '../model/formily-compiler.ts'
import { FIELD_TYPES } from '../../../contracts/form-definition.ts'
import { ConnectedField } from './ConnectedField.tsx'
import { GridField, GroupField, NoteField, StepField, StepsField } from './layout-fields.tsx'

const layout = { Grid: GridField, Group: GroupField, Steps: StepsField, Step: StepField, Note: NoteField }

/** The one Formily registry: every name of the closed list, and nothing else, is a component. */
export const SchemaField = createSchemaField({
  components: { ...Object.fromEntries(FIELD_TYPES.map((type) => [type, ConnectedField])), ...layout },
})
