import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import type { ReportPage } from '../../../contracts/api/reports.ts'
import { withQuery } from '../../api/path.ts'
import { get } from '../../api/request.ts'

/** Unit, period and the chosen cell stand in the address. */
export function useReport(id: string) {
  const [search, setSearch] = useSearchParams()
  const asked = { unit: search.get('unit'), period: search.get('period') }
  const query = useQuery({
    queryKey: ['report', id, asked],
    queryFn: ({ signal }) => get<ReportPage>(withQuery(`/reports/${encodeURIComponent(id)}`, asked), signal),
    placeholderData: (before) => before,
  })
  const set = (values: Record<string, string | null>) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        for (const [key, value] of Object.entries(values)) {
          if (value) next.set(key, value)
          else next.delete(key)
        }
        return next
      },
      { replace: true },
    )
  return {
    query,
    row: search.get('row'),
    column: search.get('column'),
    choose: (unit: string | null, period: string | null) => set({ unit, period, row: null, column: null }),
    open: (row: string | null, column: string | null) => set({ row, column }),
    exportUrl: (page: ReportPage) =>
      `/api${withQuery(`/reports/${encodeURIComponent(id)}/export.xlsx`, { unit: page.unit.id, period: page.period })}`,
  }
}

export type Report = ReturnType<typeof useReport>
