import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import './states.css'

interface SkeletonProps {
  rows?: number
}

/** Grey rows after 200 ms, words after three seconds; a fast answer shows neither. */
export function Skeleton({ rows = 6 }: SkeletonProps) {
  const { t } = useTranslation()
  const [phase, setPhase] = useState<'none' | 'rows' | 'words'>('none')
  useEffect(() => {
    const show = setTimeout(() => setPhase('rows'), 200)
    const say = setTimeout(() => setPhase('words'), 3000)
    return () => {
      clearTimeout(show)
      clearTimeout(say)
    }
  }, [])
  return (
    <div role="status" aria-busy="true">
      {phase !== 'none' && (
        <div className="skeleton-rows" aria-hidden="true">
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows without identity
            <div key={row}>
              <i />
              <i />
              <i />
            </div>
          ))}
        </div>
      )}
      {phase === 'words' ? (
        <p className="small" style={{ padding: '0 16px' }}>
          {t('states.loading')}
        </p>
      ) : (
        <span className="visually-hidden">{t('states.loading')}</span>
      )}
    </div>
  )
}
