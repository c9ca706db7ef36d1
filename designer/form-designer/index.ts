/** The form designer of the administrator; web mounts it at /admin/forms/:key. */
import './form-designer.css'

export { FormDesigner } from './FormDesigner.tsx'
