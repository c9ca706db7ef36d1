import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { change } from '../../api/request.ts'
import { chooseLanguage } from '../../i18n/setup.ts'
import { NotificationItems } from '../../notifications/NotificationItems.tsx'
import { message } from '../../parts/messages.ts'
import { useErrorText } from '../../parts/use-error-text.ts'
import { useMe } from '../../session/session-context.ts'
import { useLogOut } from '../../session/use-log-out.ts'
import { sessionKey } from '../../session/use-session.ts'
import { DemoClock } from '../../shell/DemoClock.tsx'
import { PhonePage } from '../../shell/PhonePage.tsx'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import './me.css'

const LEAST = 10

function ChangePassword() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const errorText = useErrorText()
  const me = useMe()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const save = useMutation({
    mutationFn: () => change('PUT', '/session/password', { current, next }),
    onSuccess: async () => {
      setCurrent('')
      setNext('')
      message.success(t('me.passwordChanged'))
      await client.invalidateQueries({ queryKey: sessionKey })
    },
    onError: (error) => setProblem(errorText(error)),
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    const lack = current === '' ? t('me.currentMissing') : next.length < LEAST ? t('me.tooShort', { count: LEAST }) : null
    setProblem(lack)
    if (!lack) save.mutate()
  }
  return (
    <section className="card me-card" aria-labelledby="password-title">
      <h2 id="password-title">{t('me.password')}</h2>
      {me.mustChangePassword && <p className="me-must">{t('me.mustChange')}</p>}
      <form onSubmit={handleSubmit} noValidate>
        <label htmlFor="current">{t('me.current')}</label>
        <Input.Password
          id="current"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          autoComplete="current-password"
          aria-describedby="password-problem"
        />
        <label htmlFor="next">{t('me.next', { count: LEAST })}</label>
        <Input.Password
          id="next"
          value={next}
          onChange={(event) => setNext(event.target.value)}
          autoComplete="new-password"
          aria-describedby="password-problem"
        />
        <p className="me-problem" role="alert" id="password-problem">
          {problem}
        </p>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('me.save')}
        </Button>
      </form>
    </section>
  )
}

function Who() {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const logOut = useLogOut()
  return (
    <section className="card me-card" aria-labelledby="who-title">
      <h2 id="who-title">{me.person.name}</h2>
      <dl className="facts">
        <div>
          <dt>{t('me.account')}</dt>
          <dd>{me.person.account}</dd>
        </div>
        <div>
          <dt>{t('me.county')}</dt>
          <dd>{me.county.name}</dd>
        </div>
        {me.enterprise && (
          <div>
            <dt>{t('me.enterprise')}</dt>
            <dd>{me.enterprise.name}</dd>
          </div>
        )}
        <div>
          <dt>{t('me.posts')}</dt>
          <dd>{me.positions.map((position) => `${position.unitName} ${position.title}`).join('；')}</dd>
        </div>
      </dl>
      <div className="me-actions">
        <Button onClick={() => void chooseLanguage(i18n.language === 'en-US' ? 'zh-CN' : 'en-US')}>{t('shell.otherLanguage')}</Button>
        <Button onClick={() => logOut.mutate()}>{t('shell.logOut')}</Button>
      </div>
      <DemoClock />
    </section>
  )
}

export function Page() {
  const { t } = useTranslation()
  const phone = useIsPhone()
  const content = (
    <div className="me">
      <Who />
      {phone && (
        <section className="card me-card" aria-labelledby="notifications-title">
          <h2 id="notifications-title">{t('notifications.title')}</h2>
          <NotificationItems />
        </section>
      )}
      <ChangePassword />
    </div>
  )
  if (phone) return <PhonePage title={t('shell.me')}>{content}</PhonePage>
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('shell.changePassword')}</h1>
      </div>
      {content}
    </div>
  )
}
