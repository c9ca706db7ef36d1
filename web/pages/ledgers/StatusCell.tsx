import { useTranslation } from 'react-i18next'
import type { LedgerPage } from '../../../contracts/api/ledgers.ts'

interface StatusCellProps {
  row: LedgerPage['rows'][number]
}

/** 整改中 70% with its bar; 停产整顿中 below. */
export function StatusCell({ row }: StatusCellProps) {
  const { t } = useTranslation()
  const percent = row.percent ?? null
  return (
    <>
      <span>
        {row.statusLabel}
        {percent !== null && ` ${percent}%`}
      </span>
      {percent !== null && (
        <span className="ledger-meter" aria-hidden="true">
          <i style={{ width: `${percent}%` }} />
        </span>
      )}
      {row.suspended && <span className="ledger-suspended">{t('record.flag.suspended')}</span>}
    </>
  )
}
