import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, DatePicker } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { change } from '../api/request.ts'
import { countyNow } from '../clock/county-clock.ts'
import { message } from '../parts/messages.ts'
import { useErrorText } from '../parts/use-error-text.ts'
import { sessionKey } from '../session/use-session.ts'
import { dayAndTime } from '../words/dates.ts'

const DAY = 86_400_000

/** Turns the demonstration's clock forward, by steps or to a moment. */
export function TurnClock() {
  const { t, i18n } = useTranslation()
  dayjs.locale(i18n.language === 'en-US' ? 'en' : 'zh-cn')
  const client = useQueryClient()
  const errorText = useErrorText()
  const [target, setTarget] = useState<number | null>(null)
  const turn = useMutation({
    mutationFn: (to: number) => change('POST', '/demo/clock', { to }),
    onSuccess: async (_, to) => {
      await client.invalidateQueries({ queryKey: sessionKey })
      void client.invalidateQueries()
      message.success(t('shell.clock.turned', { time: dayAndTime(to) }))
    },
    onError: (error) => message.error(errorText(error)),
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
