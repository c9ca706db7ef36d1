import type { InboxItem } from '../../../contracts/api/inbox.ts'
import type { Tab } from './inbox-query.ts'

/** What I started opens as a record, everything else as a seat. */
export function itemLink(item: InboxItem, tab: Tab): string {
  if (tab === 'mine' && item.recordNumber) return `/record/${encodeURIComponent(item.recordNumber)}`
  return `/inbox/${encodeURIComponent(item.seatId)}`
}
