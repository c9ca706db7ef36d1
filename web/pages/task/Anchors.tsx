import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { photosOf } from '../../parts/reading/read-fields.ts'
import { hasOwnPart, isWork } from './own-part.ts'

interface AnchorsProps {
  page: TaskPage
  /** The course stands on the same column (phone). */
  withCourse?: boolean
}

export function Anchors({ page, withCourse }: AnchorsProps) {
  const { t } = useTranslation()
  const photoCount = page.background
    .slice(0, 1)
    .flatMap(photosOf)
    .reduce((sum, group) => sum + group.photos.length, 0)
  const mine = hasOwnPart(page) && page.state === 'OPEN' ? [['mine', t('task.mine'), '']] : []
  const reading = [
    ...(page.background.length > 0 ? [['situation', t('task.situation'), '']] : []),
    ...(photoCount > 0 ? [['photos', t('task.photos'), String(photoCount)]] : []),
  ]
  const items = [
    ...(page.changes.length > 0 ? [['changes', t('task.changesTab'), String(page.changes.length)]] : []),
    ...(isWork(page) ? [...mine, ...reading] : [...reading, ...mine]),
    ...(page.basis.length > 0 ? [['basis', t('task.basis'), String(page.basis.length)]] : []),
    ...(withCourse ? [['course', t('task.course'), '']] : []),
  ]
  if (items.length < 2) return null
  return (
    <nav className="anchors no-print" aria-label={t('task.onPage')}>
      {items.map(([id, name, count]) => (
        <a key={id} href={`#${id}`}>
          {name}
          {count && <span>{count}</span>}
        </a>
      ))}
    </nav>
  )
}
