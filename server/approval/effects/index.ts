import { acceptReport, issueReport, openReport, returnReport, signReport } from './campaign-report.ts'
import { dualReport } from './dual-report.ts'
import {
  completeRectification,
  confirmHazard,
  downgradeHazard,
  extendDueDate,
  failAcceptance,
  keepDueDate,
  refuseExtension,
} from './due-date.ts'
import type { Effect } from './effect.ts'
import { closeHazard, draftListing, tellClosed } from './listing.ts'
import { registerHazards } from './register-hazards.ts'
import { signHazards } from './sign-hazards.ts'
import { requestVoiding, voidHazard } from './void-hazard.ts'

/** The one registry of effects: what a node may name in `effects`. */
export const EFFECTS: Readonly<Record<string, Effect>> = {
  'register-hazards': registerHazards,
  'sign-hazards': signHazards,
  'confirm-hazard': confirmHazard,
  'downgrade-hazard': downgradeHazard,
  'keep-due-date': keepDueDate,
  'complete-rectification': completeRectification,
  'fail-acceptance': failAcceptance,
  'extend-due-date': extendDueDate,
  'refuse-extension': refuseExtension,
  'draft-listing': draftListing,
  'tell-closed': tellClosed,
  'close-hazard': closeHazard,
  'dual-report': dualReport,
  'request-voiding': requestVoiding,
  'void-hazard': voidHazard,
  'report-open': openReport,
  'report-sign': signReport,
  'report-accept': acceptReport,
  'report-return': returnReport,
  'report-issue': issueReport,
}
