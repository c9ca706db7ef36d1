import { WarningFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { InboxItem } from '../../contracts/api/inbox.ts'
import './tags.css'

type Level = NonNullable<InboxItem['level']>

interface LevelTagProps {
  level: Level
  /** 重大隐患 instead of 重大: where the tag stands alone. */
  noun?: boolean
}

/** A level is never a colour alone: the word stands in the tag. Only the confirmed 重大 is filled. */
export function LevelTag({ level, noun }: LevelTagProps) {
  const { t } = useTranslation()
  return (
    <span className={`level level-${level.toLowerCase()}`}>
      {level === 'MAJOR' && noun && <WarningFilled aria-hidden />}
      {t(`level.${noun ? 'noun' : 'word'}.${level}`)}
    </span>
  )
}
