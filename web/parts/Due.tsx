import { ClockCircleOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useNow } from '../clock/use-now.ts'
import { dueWords, urgencyOf } from '../words/due.ts'
import './tags.css'

interface DueProps {
  at: number
}

/** 超期 2 天 · 剩 6 小时: urgency in words, an icon and a colour. */
export function Due({ at }: DueProps) {
  const { t } = useTranslation()
  const now = useNow()
  const urgency = urgencyOf(at, now)
  return (
    <span className={`due due-${urgency}`}>
      {urgency === 'overdue' && <ExclamationCircleFilled aria-hidden />}
      {urgency === 'soon' && <ClockCircleOutlined aria-hidden />}
      {dueWords(t, at, now)}
    </span>
  )
}
