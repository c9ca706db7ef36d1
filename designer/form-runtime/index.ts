/**
 * Forms in the browser: `<FormView>` shows any form of any page, to fill in or to read; `<SignaturePad>` is the pad of the decision.
 */
import './form-runtime.css'

export { type FormHandle, FormView, openFormModel } from './FormView.tsx'
export type { PaletteGroup } from './field-type.ts'
export { FIELD_TYPES_UI } from './field-types/registry.ts'
export { SignaturePad } from './SignaturePad.tsx'
export type { FormSources, SourceOption } from './sources.ts'
