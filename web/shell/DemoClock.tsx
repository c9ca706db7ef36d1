import { ClockCircleOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../clock/use-now.ts'
import { useMe } from '../session/session-context.ts'
import { dayAndTime } from '../words/dates.ts'

// Calendars weigh 30 KB; only the administrator of a demonstration needs this one.
const TurnClock = lazy(async () => ({ default: (await import('./TurnClock.tsx')).TurnClock }))

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
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Suspense fallback={null}>
          <TurnClock />
        </Suspense>
      }
      title={t('shell.clock.title')}
    >
      <Button type="text" className="demo-clock">
        {label}
      </Button>
    </Popover>
  )
}
