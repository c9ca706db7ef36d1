import { CheckOutlined, ExclamationCircleOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { wallTime } from '../words/dates.ts'
import type { Saving } from './use-draft.ts'
import './saved-note.css'

interface SavedNoteProps {
  saving: Saving
}

/** 已存 10:52 · 正在保存 · 已存本机: always in words. */
export function SavedNote({ saving }: SavedNoteProps) {
  const { t } = useTranslation()
  if (saving.kind === 'idle') return null
  if (saving.kind === 'saving') return <span className="saved-note">{t('start.saving')}</span>
  if (saving.kind === 'local')
    return (
      <span className="saved-note saved-note-local">
        <ExclamationCircleOutlined aria-hidden /> {t('start.savedHere')}
      </span>
    )
  return (
    <span className="saved-note saved-note-done">
      <CheckOutlined aria-hidden /> {t('start.saved', { time: wallTime(saving.at).time })}
    </span>
  )
}
