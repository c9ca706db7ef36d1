import { useTranslation } from 'react-i18next'
import { QueryView } from '../../parts/QueryView.tsx'
import { PhonePage } from '../../shell/PhonePage.tsx'
import { Folders } from './Folders.tsx'
import { InboxList } from './InboxList.tsx'
import { SearchBox } from './SearchBox.tsx'
import { useInbox } from './use-inbox.ts'

export function PhoneInbox() {
  const { t } = useTranslation()
  const { tab, q, query, setTab, setQ } = useInbox()
  return (
    <PhonePage title={t('inbox.title')} plain>
      <div className="inbox-phone-tools">
        <SearchBox value={q} onChange={setQ} />
      </div>
      <Folders tab={tab} counts={query.data?.counts} onChange={setTab} />
      <QueryView query={query} rows={8}>
        {(page) => <InboxList page={page} tab={tab} q={q} selected={null} onSelect={null} onClearSearch={() => setQ('')} />}
      </QueryView>
    </PhonePage>
  )
}
