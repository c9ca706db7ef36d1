import { queryOptions } from '@tanstack/react-query'
import type { InboxPage } from '../../../contracts/api/inbox.ts'
import { withQuery } from '../../api/path.ts'
import { get } from '../../api/request.ts'

export const TABS = ['todo', 'done', 'mine'] as const
export type Tab = (typeof TABS)[number]

/** One folder of the inbox; asked again every half minute, so that a count never lies for long. */
export const inboxQuery = (tab: Tab, q: string) =>
  queryOptions({
    queryKey: ['inbox', tab, q],
    queryFn: ({ signal }) => get<InboxPage>(withQuery('/inbox', { tab, q }), signal),
    refetchInterval: 30_000,
    placeholderData: (before) => before,
  })
