import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { attachmentUrl } from '../../api/attachment-url.ts'
import { LevelTag } from '../../parts/LevelTag.tsx'
import type { ListedHazard } from './list-signing.ts'

interface SignListProps {
  hazards: readonly ListedHazard[]
  asTable: boolean
  seen: ReadonlySet<number>
  onSeen: (index: number) => void
}

/** An item counts as seen when it has been wholly in sight. */
function useSeen(onSeen: (index: number) => void) {
  const place = useRef<HTMLDivElement>(null)
  const tell = useRef(onSeen)
  tell.current = onSeen
  useEffect(() => {
    const root = place.current
    if (!root) return
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) if (entry.isIntersecting) tell.current(Number((entry.target as HTMLElement).dataset.index))
      },
      { threshold: 0.9, rootMargin: '0px 0px -64px 0px' },
    )
    for (const item of root.querySelectorAll('[data-index]')) observer.observe(item)
    return () => observer.disconnect()
  }, [])
  return place
}

const Photo = ({ hazard }: { hazard: ListedHazard }) => {
  const photo = hazard.photos[0]
  return photo ? <img className="sign-photo" src={attachmentUrl(photo.id)} alt={hazard.description} /> : <span className="sign-photo" />
}

export function SignList({ hazards, asTable, seen, onSeen }: SignListProps) {
  const { t } = useTranslation()
  const place = useSeen(onSeen)
  const due = (hazard: ListedHazard) =>
    hazard.onSpot ? t('sign.fixedOnSpot') : hazard.dueDate ? t('sign.before', { day: hazard.dueDate }) : ''
  if (!asTable) {
    return (
      <div ref={place}>
        <ol className="sign-list" aria-label={t('sign.list')}>
          {hazards.map((hazard, index) => (
            <li key={hazard.number || hazard.description} data-index={index} data-unseen={!seen.has(index)}>
              <Photo hazard={hazard} />
              <div>
                <p>
                  <LevelTag level={hazard.level} noun /> <span className="muted">{hazard.number}</span>
                </p>
                <b>{hazard.description}</b>
                {hazard.judgeBasis && <p className="small">{t('sign.basis', { basis: hazard.judgeBasis })}</p>}
                <span className="sign-who">{[hazard.owner, due(hazard)].filter(Boolean).join('　')}</span>
              </div>
            </li>
          ))}
        </ol>
      </div>
    )
  }
  return (
    <div ref={place}>
      <table className="sign-table">
        <thead>
          <tr>
            {['number', 'photo', 'hazard', 'level', 'owner', 'due'].map((column) => (
              <th key={column} scope="col">
                {t(`sign.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hazards.map((hazard, index) => (
            <tr key={hazard.number || hazard.description} data-index={index} data-unseen={!seen.has(index)}>
              <td>{hazard.number}</td>
              <td>
                <Photo hazard={hazard} />
              </td>
              <td className="sign-what-cell">
                {hazard.description}
                {hazard.judgeBasis && <span className="small">{t('sign.basis', { basis: hazard.judgeBasis })}</span>}
              </td>
              <td>
                <LevelTag level={hazard.level} noun />
              </td>
              <td>{hazard.owner}</td>
              <td>{due(hazard)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
