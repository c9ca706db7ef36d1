import { CheckOutlined, CloseOutlined, MinusOutlined, RightOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import type { KeyboardEvent } from 'react'
import type { SheetLine } from '../../../contracts/form-definition.ts'
import { CHECK_RESULTS, type CheckResult, type Values } from '../../../contracts/form-rules/index.ts'
import { PhotoInput } from '../field-types/photo.tsx'
import { useSurroundings } from '../model/form-context.ts'
import type { StoredFile } from '../sources.ts'
import { say } from '../words/say.ts'
import { LevelWord, useMissingWords } from './hazard-words.tsx'

export interface CheckLineProps {
  /** Id of the group of answers. */
  readonly id: string
  readonly line: SheetLine
  readonly result: CheckResult | undefined
  readonly words: Record<CheckResult, string>
  /** The next line without an answer: it gets the blue frame. */
  readonly isNext: boolean
  readonly hazard: { index: number; values: Values; path: string } | undefined
  onAnswer(result: CheckResult): void
  onHazard(change: Values): void
  onOpenHazard(): void
}

const ICONS: Record<CheckResult, typeof CheckOutlined> = { NORMAL: CheckOutlined, ABNORMAL: CloseOutlined, NOT_APPLICABLE: MinusOutlined }

/** One line: its text, its source, three answers in reach of the thumb; a failed line carries its hazard. */
export function CheckLine({ id, line, result, words, isNext, hazard, onAnswer, onHazard, onOpenHazard }: CheckLineProps) {
  const handleKey = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement
    if (target.closest('textarea, input, [contenteditable]')) return
    const answer = CHECK_RESULTS[Number(event.key) - 1]
    if (answer) {
      event.preventDefault()
      onAnswer(answer)
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const groups = [...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('.bf-answers') ?? [])]
      const at = groups.findIndex((group) => group.id === id)
      const to = groups[at + (event.key === 'ArrowDown' ? 1 : -1)]
      if (!to) return
      event.preventDefault()
      to.scrollIntoView({ block: 'center' })
      to.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true })
    } else if (event.key.toLowerCase() === 'c' && hazard && !event.ctrlKey && !event.metaKey) {
      event.currentTarget.querySelector<HTMLElement>('.bf-shutter')?.click()
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const at = CHECK_RESULTS.indexOf(result ?? 'NORMAL')
      const to = CHECK_RESULTS[(at + (event.key === 'ArrowRight' ? 1 : 2)) % 3] as CheckResult
      event.preventDefault()
      event.currentTarget.querySelector<HTMLElement>(`[data-result="${to}"]`)?.focus()
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys 1 2 3 and the arrows work wherever the focus is inside of the line
    <section className="bf-line" data-next={isNext || undefined} data-result={result} onKeyDown={handleKey}>
      <div className="bf-line-text">
        <span className="bf-line-no">{line.lineId}</span>
        <div>
          <p id={`${id}-text`}>{line.item}</p>
          <small>{line.basis}</small>
        </div>
      </div>
      <div className="bf-answers" role="radiogroup" aria-labelledby={`${id}-text`} id={id}>
        {CHECK_RESULTS.map((answer, position) => {
          const Icon = ICONS[answer]
          const checked = result === answer
          return (
            // biome-ignore lint/a11y/useSemanticElements: with radio inputs the arrows would change the answer on the way to the next line
            <button
              key={answer}
              type="button"
              role="radio"
              aria-checked={checked}
              data-result={answer}
              tabIndex={checked || (!result && position === 0) ? 0 : -1}
              onClick={() => onAnswer(answer)}
            >
              {checked && <Icon aria-hidden="true" />}
              {words[answer]}
            </button>
          )
        })}
      </div>
      {result === 'ABNORMAL' && hazard && <LineHazard hazard={hazard} onHazard={onHazard} onOpen={onOpenHazard} />}
    </section>
  )
}

function LineHazard({
  hazard,
  onHazard,
  onOpen,
}: {
  hazard: { index: number; values: Values; path: string }
  onHazard(change: Values): void
  onOpen(): void
}) {
  const { model, idPrefix, phone } = useSurroundings()
  const missing = useMissingWords(hazard.path)
  const photos = model.stateOf(`${hazard.path}.beforePics`)
  return (
    <div className="bf-line-hazard">
      <p className="bf-line-hazard-head">
        <b>{say('hazard.title', { position: hazard.index + 1 })}</b>
        <LevelWord level={hazard.values['level']} />
        {missing.length > 0 ? (
          <em className="bf-amber">
            {say(missing.length > 3 ? 'hazard.lacksMore' : 'hazard.lacks', { what: missing.slice(0, 3).join('、'), count: missing.length })}
          </em>
        ) : (
          <em className="bf-green">{say('hazard.complete')}</em>
        )}
      </p>
      <div className="bf-line-hazard-body">
        {photos && (
          <PhotoInput
            compact
            id={`${idPrefix}-line-${hazard.path.replaceAll('.', '-')}-photos`}
            path={`${hazard.path}.beforePics`}
            title={say('hazard.photosBefore')}
            schema={photos.node.schema}
            value={(hazard.values['beforePics'] as StoredFile[] | undefined) ?? []}
            required
            invalid={false}
            describedBy={undefined}
            phone={phone}
            onChange={(files) => onHazard({ beforePics: files ?? [] })}
            onBlur={() => undefined}
          />
        )}
        <Input.TextArea
          aria-label={say('hazard.describe', { position: hazard.index + 1 })}
          placeholder={say('hazard.describeHelp')}
          value={String(hazard.values['description'] ?? '')}
          autoSize={{ minRows: 3, maxRows: 6 }}
          onChange={(event) => onHazard({ description: event.target.value })}
        />
      </div>
      <button type="button" className="bf-link bf-open-hazard" onClick={onOpen}>
        {say(missing.length > 0 ? 'hazard.fillIn' : 'hazard.look')} <RightOutlined aria-hidden="true" />
      </button>
    </div>
  )
}
