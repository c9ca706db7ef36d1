import {
  BarChartOutlined,
  DeploymentUnitOutlined,
  FormOutlined,
  InboxOutlined,
  NodeIndexOutlined,
  PlusCircleOutlined,
  SettingOutlined,
  TableOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Me } from '../../contracts/api/session.ts'

export interface Entry {
  path: string
  label: string
  icon: ReactNode
}

const inbox: Entry = { path: '/inbox', label: 'shell.inbox', icon: <InboxOutlined /> }
const start: Entry = { path: '/start', label: 'shell.start', icon: <PlusCircleOutlined /> }
const ledgers: Entry = { path: '/ledgers', label: 'shell.ledgers', icon: <TableOutlined /> }
const reports: Entry = { path: '/reports', label: 'shell.reports', icon: <BarChartOutlined /> }
const procedures: Entry = { path: '/admin/procedures', label: 'shell.procedures', icon: <NodeIndexOutlined /> }
const forms: Entry = { path: '/admin/forms', label: 'shell.forms', icon: <FormOutlined /> }
const operations: Entry = { path: '/admin/operations', label: 'shell.operations', icon: <DeploymentUnitOutlined /> }
const settings: Entry = { path: '/admin/settings', label: 'shell.settings', icon: <SettingOutlined /> }
const mine: Entry = { path: '/me', label: 'shell.me', icon: <UserOutlined /> }

/** What a person finds in the side navigation: only what they may open. */
export function workEntries(me: Me): Entry[] {
  return [inbox, start, ledgers, ...(me.mayReport ? [reports] : [])]
}

export const adminEntries = (me: Me): Entry[] => (me.mayAdminister ? [procedures, forms, settings, operations] : [])

/** The tabs at the foot of a phone. */
export const phoneEntries = (me: Me): Entry[] => [...workEntries(me), mine]
