/** What somebody may do beyond deciding the seats that come to him. Route declarations name these. */
export const PERMISSIONS = [
  'ledger.read',
  'report.read',
  'report.override',
  'admin.forms',
  'admin.procedures',
  'admin.operations',
  'admin.organisation',
  'admin.settings',
  'clock.turn',
  'audit.read',
] as const
export type Permission = (typeof PERMISSIONS)[number]
