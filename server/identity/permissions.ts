import type { Permission } from '../http/permission.ts'
import type { PositionKey } from '../organisation/index.ts'

const READER: readonly Permission[] = ['ledger.read', 'report.read']
const REPORTER: readonly Permission[] = [...READER, 'report.override']
const ADMINISTRATOR: readonly Permission[] = [
  'ledger.read',
  'report.read',
  'admin.forms',
  'admin.procedures',
  'admin.operations',
  'admin.organisation',
  'admin.settings',
  'clock.turn',
  'audit.read',
]

/** Permissions that come with a position. An enterprise's people read their own ledger; sight rules narrow what they find. */
const BY_POSITION: Partial<Record<PositionKey, readonly Permission[]>> = {
  PROCESS_ADMIN: ADMINISTRATOR,
  AUDITOR: ['audit.read'],
  COUNTY_GOV_HEAD: READER,
  COUNTY_GOV_VICE: READER,
  COMMITTEE_OFFICE: READER,
  BUREAU_HEAD: READER,
  BUREAU_VICE: REPORTER,
  SECTION_CHIEF: REPORTER,
  SECTION_STAFF: REPORTER,
  ENFORCER: READER,
  CAMPAIGN_OFFICE_HEAD: REPORTER,
  CAMPAIGN_OFFICE_CLERK: REPORTER,
  TOWN_HEAD: READER,
  TOWN_VICE: READER,
  TOWN_CENTER_HEAD: REPORTER,
  TOWN_STAFF: REPORTER,
  ENT_PRINCIPAL: ['ledger.read'],
  ENT_VICE: ['ledger.read'],
  ENT_SAFETY_DIRECTOR: ['ledger.read'],
  ENT_SAFETY_STAFF: ['ledger.read'],
}

/** Everything that somebody with these positions may do. */
export function permissionsOf(positions: readonly PositionKey[]): ReadonlySet<Permission> {
  return new Set(positions.flatMap((position) => BY_POSITION[position] ?? []))
}
