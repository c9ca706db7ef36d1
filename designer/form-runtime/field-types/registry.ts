import type { FieldType as FieldTypeName } from '../../../contracts/form-definition.ts'
import type { FieldType } from '../field-type.ts'
import { attachment } from './attachment.tsx'
import { calculated } from './calculated.tsx'
import { checkSheet } from './check-sheet.tsx'
import { date } from './date.tsx'
import { dateTime } from './date-time.tsx'
import { enterprise } from './enterprise.tsx'
import { grid } from './grid.tsx'
import { group } from './group.tsx'
import { money } from './money.tsx'
import { note } from './note.tsx'
import { number } from './number.tsx'
import { person } from './person.tsx'
import { photo } from './photo.tsx'
import { radio } from './radio.tsx'
import { select } from './select.tsx'
import { serial } from './serial.tsx'
import { signature } from './signature.tsx'
import { step } from './step.tsx'
import { steps } from './steps.tsx'
import { switchType } from './switch.tsx'
import { table } from './table.tsx'
import { text } from './text.tsx'
import { textArea } from './text-area.tsx'
import { unit } from './unit.tsx'

/** The one registry of field types on the browser's side. */
export const FIELD_TYPES_UI: Readonly<Record<FieldTypeName, FieldType>> = {
  Text: text,
  TextArea: textArea,
  Number: number,
  Money: money,
  Date: date,
  DateTime: dateTime,
  Radio: radio,
  Select: select,
  Switch: switchType,
  Person: person,
  Unit: unit,
  Enterprise: enterprise,
  Table: table,
  Photo: photo,
  Attachment: attachment,
  CheckSheet: checkSheet,
  Signature: signature,
  Calculated: calculated,
  Serial: serial,
  Grid: grid,
  Steps: steps,
  Step: step,
  Group: group,
  Note: note,
}
