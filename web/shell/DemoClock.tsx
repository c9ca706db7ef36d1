import { ClockCircleOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, DatePicker, Popover } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { change } from '../api/request.ts'
import { countyNow } from '../clock/county-clock.ts'
import { useNow } from '../clock/use-now.ts'
import { useErrorText } from '../parts/use-error-text.ts'
import { useMe } from '../session/session-context.ts'
import { sessionKey } from '../session/use-session.ts'
import { dayAndTime } from '../words/dates.ts'

const DAY = 86_400_000

function TurnClock() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const [target, setTarget] = useState<number | null>(null)
  const turn = useMutation({
    mutationFn: (to: number) => change('POST', '/demo/clock', { to }),
    onSuccess: async (_, to) => {
      await client.invalidateQueries({ queryKey: sessionKey })
      void client.invalidateQueries()
      void message.success(t('shell.clock.turned', { time: dayAndTime(to) }))
    },
    onError: (error) => void message.error(errorText(error)),
  })
  return (
    <div className="turn-clock">
      <p className="muted">{t('shell.clock.explain')}</p>
      <div className="turn-clock-steps">
        <Button onClick={() => turn.mutate(countyNow() + 3_600_000)} loading={turn.isPending}>
          {t('shell.clock.hour')}
        </Button>
        <Button onClick={() => turn.mutate(countyNow() + DAY)} loading={turn.isPending}>
          {t('shell.clock.day')}
        </Button>
        <Button onClick={() => turn.mutate(countyNow() + 7 * DAY)} loading={turn.isPending}>
          {t('shell.clock.week')}
        </Button>
      </div>
      <div className="turn-clock-to">
        <DatePicker
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          aria-label={t('shell.clock.to')}
          placeholder={t('shell.clock.to')}
          minDate={dayjs(countyNow())}
          onChange={(value) => setTarget(value ? value.valueOf() : null)}
        />
        <Button type="primary" disabled={target === null} loading={turn.isPending} onClick={() => target !== null && turn.mutate(target)}>
          {t('shell.clock.go')}
        </Button>
      </div>
    </div>
  )
}

/** 演示时间: shown to everybody in a demonstration, turned forward by its administrator. */
export function DemoClock() {
  const { t } = useTranslation()
  const me = useMe()
  const now = useNow(5_000)
  if (!me.demo) return null
  const label = (
    <>
      <ClockCircleOutlined aria-hidden /> {t('shell.clock.label')} <b>{dayAndTime(now)}</b>
    </>
  )
  if (!me.demo.mayTurn) return <span className="demo-clock">{label}</span>
  return (
    <Popover trigger="click" placement="bottomRight" content={<TurnClock />} title={t('shell.clock.title')}>
      <Button type="text" className="demo-clock">
        {label}
      </Button>
    </Popover>
  )
}
