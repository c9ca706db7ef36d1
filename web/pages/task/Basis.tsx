import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../../contracts/api/inbox.ts'

interface BasisProps {
  basis: TaskPage['basis']
}

export function Basis({ basis }: BasisProps) {
  const { t } = useTranslation()
  if (basis.length === 0) return null
  return (
    <section id="basis" aria-labelledby="basis-title">
      <h2 id="basis-title">{t('task.basis')}</h2>
      <ol className="basis">
        {basis.map((clause) => (
          <li key={clause.law + clause.text}>
            <b>{clause.law}</b>
            <p>{clause.text}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
