/**
 * Forms in the browser: `<FormView>` shows any form of any page, to fill in or to read; `<SignaturePad>` is the pad of the decision.
 */
import './form-runtime.css'

export { type FormHandle, FormView, type FormViewProps, openFormModel } from './FormView.tsx'
export type { FieldType, PaletteGroup } from './field-type.ts'
export { FIELD_TYPES_UI } from './field-types/registry.ts'
export type { FormModel } from './model/form-model.ts'
export { type SignatureInk, SignaturePad, type SignaturePadProps } from './SignaturePad.tsx'
export type { FormSources, ReferenceKind, SourceOption, StoredFile } from './sources.ts'
