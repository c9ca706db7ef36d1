import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InboxPage } from '../../../contracts/api/inbox.ts'
import { TABS, type Tab } from './inbox-query.ts'

interface FoldersProps {
  tab: Tab
  counts: InboxPage['counts'] | undefined
  onChange: (tab: Tab) => void
}

export function Folders({ tab, counts, onChange }: FoldersProps) {
  const { t } = useTranslation()
  const label = (one: Tab) => (
    <>
      {t(`inbox.tab.${one}`)}
      {one === 'todo' && counts && counts.todo > 0 && <span className="inbox-count">{counts.todo}</span>}
    </>
  )
  return (
    <Tabs
      className="inbox-folders"
      activeKey={tab}
      onChange={(key) => onChange(key as Tab)}
      items={TABS.map((one) => ({ key: one, label: label(one) }))}
    />
  )
}
