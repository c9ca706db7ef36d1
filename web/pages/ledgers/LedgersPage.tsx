import { RightOutlined, TableOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, Navigate } from 'react-router'
import type { z } from 'zod'
import type { ledgerList } from '../../../contracts/api/ledgers.ts'
import { get } from '../../api/request.ts'
import { QueryView } from '../../parts/QueryView.tsx'
import { StateView } from '../../parts/StateView.tsx'
import { TitledPage } from '../../parts/TitledPage.tsx'
import '../list-page.css'

type Ledgers = z.infer<typeof ledgerList>['ledgers']

function List({ ledgers }: { ledgers: Ledgers }) {
  const { t } = useTranslation()
  if (ledgers.length === 0) return <StateView icon={<TableOutlined />} title={t('ledger.none')} text={t('ledger.noneText')} />
  if (ledgers.length === 1 && ledgers[0]) return <Navigate to={`/ledgers/${encodeURIComponent(ledgers[0].id)}`} replace />
  return (
    <ul className="plain-list card">
      {ledgers.map((ledger) => (
        <li key={ledger.id}>
          <Link to={`/ledgers/${encodeURIComponent(ledger.id)}`}>
            <b>{ledger.title}</b>
            <span className="small grow">{ledger.hint}</span>
            <RightOutlined aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  )
}

export function Page() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['ledgers'], queryFn: ({ signal }) => get<{ ledgers: Ledgers }>('/ledgers', signal) })
  return (
    <TitledPage title={t('shell.ledgers')}>
      <QueryView query={query} rows={3}>
        {(page) => <List ledgers={page.ledgers} />}
      </QueryView>
    </TitledPage>
  )
}
