import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LedgerPage } from '../../../contracts/api/ledgers.ts'
import type { Ledger } from './use-ledger.ts'

interface FiltersProps {
  page: LedgerPage
  ledger: Ledger
}

export function Filters({ page, ledger }: FiltersProps) {
  const { t } = useTranslation()
  const isFiltered = Object.keys(ledger.asked).some((key) => key !== 'view')
  return (
    <div className="ledger-tools">
      <Input.Search
        className="ledger-search"
        defaultValue={ledger.asked.q ?? ''}
        key={ledger.asked.q ?? ''}
        placeholder={t('ledger.search')}
        aria-label={t('ledger.search')}
        allowClear
        onSearch={(q) => ledger.set('q', q)}
      />
      {page.filters.map((filter) => (
        <Select
          key={filter.key}
          allowClear
          showSearch={filter.options.length > 8 ? { optionFilterProp: 'label' } : false}
          className="ledger-filter"
          placeholder={filter.title}
          aria-label={filter.title}
          value={ledger.asked[filter.key] ?? null}
          options={filter.options}
          onChange={(value: string | undefined) => ledger.set(filter.key, value ?? null)}
        />
      ))}
      {isFiltered && (
        <Button type="text" onClick={ledger.clear}>
          {t('ledger.clear')}
        </Button>
      )}
    </div>
  )
}
