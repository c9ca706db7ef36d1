import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../../contracts/api/inbox.ts'

interface ChangesProps {
  changes: TaskPage['changes']
}

/** What changed since this person last saw it; absent when nothing did. */
export function Changes({ changes }: ChangesProps) {
  const { t } = useTranslation()
  if (changes.length === 0) return null
  return (
    <section className="changes" id="changes" aria-labelledby="changes-title">
      <h2 id="changes-title">{t('task.changes', { count: changes.length })}</h2>
      <table>
        <tbody>
          {changes.map((change) => (
            <tr key={change.field}>
              <th scope="row">{change.field}</th>
              <td>
                <del>{change.before}</del>
                <span className="changes-arrow">
                  <span aria-hidden="true">→</span>
                  <span className="visually-hidden">{t('task.became')}</span>
                </span>
                <ins>{change.after}</ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
