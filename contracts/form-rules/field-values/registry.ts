import type { FieldType } from '../../form-definition.ts'
import { checkSheet } from './check-sheet.ts'
import { radio, select, switchValue } from './choice.ts'
import { date, dateTime } from './date.ts'
import { calculated, serial } from './derived.ts'
import type { FieldValue } from './field-value.ts'
import { attachment, photo } from './files.ts'
import { grid, group, note, step, steps } from './layout.ts'
import { money, number } from './number.ts'
import { enterprise, person, unit } from './reference.ts'
import { signature } from './signature.ts'
import { table } from './table.ts'
import { text, textArea } from './text.ts'

/** The one switch on the type of a field, for the check and for the words of values. */
export const FIELD_VALUES: Readonly<Record<FieldType, FieldValue>> = {
  Text: text,
  TextArea: textArea,
  Number: number,
  Money: money,
  Date: date,
  DateTime: dateTime,
  Radio: radio,
  Select: select,
  Switch: switchValue,
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
