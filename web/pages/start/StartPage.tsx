import { AuditOutlined, CameraOutlined, FormOutlined, PlusCircleOutlined, RightOutlined, SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { StartPage } from '../../../contracts/api/start.ts'
import { get } from '../../api/request.ts'
import { QueryView } from '../../parts/QueryView.tsx'
import { StateView } from '../../parts/StateView.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { useMe } from '../../session/session-context.ts'
import { PhonePage } from '../../shell/PhonePage.tsx'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import { shortDayAndTime } from '../../words/dates.ts'
import './start.css'

type Procedure = StartPage['procedures'][number]

const MOST_USED = 4
const icons: Record<string, ReactNode> = {
  'hazard-self-check': <CameraOutlined />,
  'regulator-found': <AuditOutlined />,
  'campaign-entry': <FormOutlined />,
}
const linkOf = (procedure: Procedure) => `/start/${encodeURIComponent(procedure.id)}`

function Drafts({ procedures }: { procedures: readonly Procedure[] }) {
  const { t } = useTranslation()
  if (procedures.length === 0) return null
  return (
    <section className="card start-drafts" aria-labelledby="drafts-title">
      <h2 id="drafts-title">
        {t('start.drafts')}
        <span className="muted">{t('start.draftsNote', { count: procedures.length })}</span>
      </h2>
      <ul>
        {procedures.map((procedure) => (
          <li key={procedure.id}>
            <Link to={linkOf(procedure)}>
              <span className="start-draft-icon" aria-hidden="true">
                {icons[procedure.id] ?? <FormOutlined />}
              </span>
              <span className="grow">
                <b>{procedure.title}</b>
                <span className="small">{procedure.draftSavedAt !== null && shortDayAndTime(procedure.draftSavedAt)}</span>
              </span>
              <span className="start-go">
                {t('start.goOn')} <RightOutlined aria-hidden />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Tiles({ procedures }: { procedures: readonly Procedure[] }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('start.common')}>
      <ul className="start-tiles">
        {procedures.slice(0, MOST_USED).map((procedure) => (
          <li key={procedure.id}>
            <Link to={linkOf(procedure)} className="card">
              <span className="start-tile-icon" aria-hidden="true">
                {icons[procedure.id] ?? <PlusCircleOutlined />}
              </span>
              <span>
                <b>{procedure.title}</b>
                <span className="small">{procedure.hint}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Groups({ procedures }: { procedures: readonly Procedure[] }) {
  const groups = [...new Set(procedures.map((procedure) => procedure.group))]
  return (
    <div className="start-groups">
      {groups.map((group) => (
        <section key={group} className="card" aria-label={group}>
          <h2>{group}</h2>
          <ul>
            {procedures
              .filter((procedure) => procedure.group === group)
              .map((procedure) => (
                <li key={procedure.id}>
                  <Link to={linkOf(procedure)}>
                    <span className="start-row">
                      <b>{procedure.title}</b>
                      <span className="small">{procedure.hint}</span>
                    </span>
                    <RightOutlined aria-hidden />
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Content({ page }: { page: StartPage }) {
  const { t } = useTranslation()
  const phone = useIsPhone()
  const [q, setQ] = useState('')
  useKeys({ '/': () => document.getElementById('start-search')?.focus() })
  const found = page.procedures.filter((procedure) => (procedure.title + procedure.hint + procedure.group).includes(q.trim()))
  const drafts = page.procedures.filter((procedure) => procedure.draftSavedAt !== null)
  if (page.procedures.length === 0) return <StateView icon={<PlusCircleOutlined />} title={t('start.none')} text={t('start.noneText')} />
  const nothing =
    found.length === 0 ? <StateView icon={<SearchOutlined />} title={t('start.notFound')} text={t('start.notFoundText', { q })} /> : null
  if (phone) {
    return (
      <>
        <Drafts procedures={drafts} />
        <Tiles procedures={page.procedures} />
        {page.procedures.length > MOST_USED && <Groups procedures={page.procedures} />}
      </>
    )
  }
  return (
    <div className={drafts.length > 0 ? 'start-grid' : ''}>
      <div>
        <div className="page-head">
          <h1>{t('start.title')}</h1>
          <span className="grow" />
          <label className="start-search">
            <SearchOutlined aria-hidden />
            <input
              id="start-search"
              type="search"
              value={q}
              onChange={(event) => setQ(event.target.value)}
              placeholder={t('start.search')}
              aria-label={t('start.search')}
            />
            <span className="key" aria-hidden="true">
              /
            </span>
          </label>
        </div>
        {q === '' && <Tiles procedures={page.procedures} />}
        {nothing ?? (q !== '' || page.procedures.length > MOST_USED ? <Groups procedures={found} /> : null)}
      </div>
      {drafts.length > 0 && (
        <aside aria-label={t('start.drafts')}>
          <Drafts procedures={drafts} />
        </aside>
      )}
    </div>
  )
}

export function Page() {
  const { t } = useTranslation()
  const me = useMe()
  const phone = useIsPhone()
  const query = useQuery({ queryKey: ['start'], queryFn: ({ signal }) => get<StartPage>('/start', signal) })
  const content = <QueryView query={query}>{(page) => <Content page={page} />}</QueryView>
  if (phone)
    return (
      <PhonePage title={me.enterprise?.name ?? t('start.title')} sub={`${me.person.name}　${me.positions[0]?.title ?? ''}`}>
        {content}
      </PhonePage>
    )
  return <div className="page">{content}</div>
}
