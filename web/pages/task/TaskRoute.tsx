import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { QueryView } from '../../parts/QueryView.tsx'
import { PhonePage } from '../../shell/PhonePage.tsx'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import { isListSigning } from './list-signing.ts'
import { SignListPage } from './SignListPage.tsx'
import { seatQuery } from './seat-query.ts'
import { TaskView } from './TaskView.tsx'
import './task.css'

export function Page() {
  const { seat = '' } = useParams()
  const phone = useIsPhone()
  const query = useQuery(seatQuery(seat))
  if (!query.data && phone)
    return (
      <PhonePage title="" back="/inbox">
        <QueryView query={query}>{() => null}</QueryView>
      </PhonePage>
    )
  return (
    <QueryView query={query}>
      {(page) => (isListSigning(page) ? <SignListPage key={seat} page={page} /> : <TaskView key={seat} page={page} />)}
    </QueryView>
  )
}
