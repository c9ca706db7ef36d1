import { CheckOutlined } from '@ant-design/icons'
import type { SheetLine } from '../../../contracts/form-definition.ts'
import type { CheckResult } from '../../../contracts/form-rules/index.ts'
import { useSurroundings } from '../model/form-context.ts'
import { say } from '../words/say.ts'

export interface CheckSectionsProps {
  readonly lines: readonly SheetLine[]
  readonly sections: readonly string[]
  readonly section: string
  readonly words: Record<CheckResult, string>
  resultOf(lineId: string): CheckResult | undefined
  onChoose(section: string): void
}

/** How far the sheet is, in figures and a bar of sections in proportion, and the way to each section. */
export function CheckSections({ lines, sections, section, words, resultOf, onChoose }: CheckSectionsProps) {
  const { phone } = useSurroundings()
  const done = lines.filter((line) => resultOf(line.lineId)).length
  const count = (result: CheckResult) => lines.filter((line) => resultOf(line.lineId) === result).length
  const inSection = (name: string) => {
    const own = lines.filter((line) => line.section === name)
    return {
      all: own.length,
      done: own.filter((line) => resultOf(line.lineId)).length,
      bad: own.filter((line) => resultOf(line.lineId) === 'ABNORMAL').length,
    }
  }
  return (
    <nav className="bf-sections" aria-label={say('check.parts')}>
      <div className="bf-progress">
        <p>
          {phone && `${say('check.checked')} `}
          <b>{done}</b> <span>{say('check.of', { count: lines.length })}</span>
          {phone && (
            <span className="bf-tally">
              {count('ABNORMAL') > 0 && (
                <b className="bf-amber">
                  {words.ABNORMAL} {count('ABNORMAL')}
                </b>
              )}
              {count('NOT_APPLICABLE') > 0 && (
                <span>
                  {words.NOT_APPLICABLE} {count('NOT_APPLICABLE')}
                </span>
              )}
            </span>
          )}
        </p>
        <div
          className="bf-bar-sections"
          role="progressbar"
          aria-valuemin={0}
          aria-valuemax={lines.length}
          aria-valuenow={done}
          aria-label={say('check.progress', { done, count: lines.length })}
        >
          {sections.map((name) => {
            const { all, done: answered } = inSection(name)
            return (
              <i key={name} style={{ flexGrow: all }}>
                <s style={{ width: `${all === 0 ? 0 : (answered / all) * 100}%` }} />
              </i>
            )
          })}
        </div>
      </div>
      <div className="bf-section-list">
        {sections.map((name) => {
          const { all, done: answered, bad } = inSection(name)
          return (
            <button key={name} type="button" aria-current={name === section ? 'true' : undefined} onClick={() => onChoose(name)}>
              <span>{name}</span>
              {!phone && bad > 0 && (
                <b className="bf-amber">
                  {bad} {words.ABNORMAL}
                </b>
              )}
              <em>{phone && answered === all ? <CheckOutlined aria-label={say('check.allDone')} /> : `${answered}/${all}`}</em>
            </button>
          )
        })}
      </div>
    </nav>
  )
}
