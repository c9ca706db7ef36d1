import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { LedgerPage } from '../../../contracts/api/ledgers.ts'
import { QueryView } from '../../parts/QueryView.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { PhonePage } from '../../shell/PhonePage.tsx'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import { Filters } from './Filters.tsx'
import { LedgerCards } from './LedgerCards.tsx'
import { LedgerTable } from './LedgerTable.tsx'
import { RecordDock } from './RecordDock.tsx'
import { type Ledger, useLedger } from './use-ledger.ts'
import { Views } from './Views.tsx'
import '../dock.css'
import './ledger.css'

interface LedgerProps {
  page: LedgerPage
  ledger: Ledger
}

function Foot({ page }: { page: LedgerPage }) {
  const { t } = useTranslation()
  return (
    <p className="ledger-foot">
      <span>{t('ledger.total', { count: page.total })}</span>
      {page.overdue > 0 && <span className="ledger-bad">{t('ledger.overdue', { count: page.overdue })}</span>}
      {page.extended > 0 && <span>{t('ledger.extended', { count: page.extended })}</span>}
      {page.fundFen !== undefined && page.fundFen > 0 && <span>{t('ledger.fund', { wan: (page.fundFen / 1_000_000).toFixed(2) })}</span>}
      <span className="grow" />
      <span className="muted">{t('ledger.keys')}</span>
    </p>
  )
}

function Desktop({ page, ledger }: LedgerProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const current = page.rows.findIndex((row) => row.number === ledger.row)
  const move = (step: number) => {
    const next = page.rows[current < 0 ? 0 : current + step]
    if (next) ledger.set('row', next.number)
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    enter: () => current >= 0 && void navigate(`/record/${encodeURIComponent(ledger.row ?? '')}`),
    escape: () => ledger.set('row', null),
  })
  return (
    <div className="dock-page">
      <div className="dock-main">
        <div className="page-head">
          <h1>{page.title}</h1>
          <span className="grow" />
          <Button icon={<DownloadOutlined />} href={ledger.exportUrl}>
            {t('ledger.export')}
          </Button>
        </div>
        <Views page={page} ledger={ledger} />
        <section className="card ledger-panel">
          <Filters page={page} ledger={ledger} />
          <LedgerTable page={page} ledger={ledger} />
          <Foot page={page} />
        </section>
      </div>
      {ledger.row && <RecordDock key={ledger.row} number={ledger.row} onClose={() => ledger.set('row', null)} />}
    </div>
  )
}

export function Page() {
  const { id = '' } = useParams()
  const phone = useIsPhone()
  const ledger = useLedger(id)
  if (phone) {
    return (
      <PhonePage title={ledger.query.data?.title ?? ''}>
        <QueryView query={ledger.query}>{(page) => <LedgerCards page={page} ledger={ledger} />}</QueryView>
      </PhonePage>
    )
  }
  return <QueryView query={ledger.query}>{(page) => <Desktop page={page} ledger={ledger} />}</QueryView>
}
