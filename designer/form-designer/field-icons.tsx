import * as I from '@ant-design/icons'
import type { ComponentType } from 'react'
import type { FieldType } from '../../contracts/form-definition.ts'

/** One sign per type of field, the same in palette, outline and canvas. */
export const FIELD_ICONS: Readonly<Record<FieldType, ComponentType<{ className?: string }>>> = {
  Text: I.EditOutlined,
  TextArea: I.AlignLeftOutlined,
  Number: I.NumberOutlined,
  Money: I.MoneyCollectOutlined,
  Date: I.CalendarOutlined,
  DateTime: I.ScheduleOutlined,
  Radio: I.CheckCircleOutlined,
  Select: I.DownSquareOutlined,
  Switch: I.SwapOutlined,
  Person: I.UserOutlined,
  Unit: I.TeamOutlined,
  Enterprise: I.BankOutlined,
  Table: I.TableOutlined,
  Photo: I.CameraOutlined,
  Attachment: I.PaperClipOutlined,
  CheckSheet: I.AuditOutlined,
  Signature: I.HighlightOutlined,
  Calculated: I.CalculatorOutlined,
  Serial: I.FieldNumberOutlined,
  Grid: I.LayoutOutlined,
  Steps: I.OrderedListOutlined,
  Step: I.ProfileOutlined,
  Group: I.GroupOutlined,
  Note: I.InfoCircleOutlined,
}
