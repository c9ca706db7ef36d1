/** The form designer of the administrator; web mounts it at /admin/forms/:key. */
import './form-designer.css'

export { FormDesigner, type FormDesignerProps } from './FormDesigner.tsx'
export type { SaveDraft } from './use-autosave.ts'
