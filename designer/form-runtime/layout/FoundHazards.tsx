import { ArrowDownOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Values } from '../../../contracts/form-rules/index.ts'
import { useSurroundings } from '../model/form-context.ts'
import type { StoredFile } from '../sources.ts'
import { say } from '../words/say.ts'
import { LevelWord, useMissingWords } from './hazard-words.tsx'

export interface FoundHazardsProps {
  readonly hazards: readonly Values[]
  readonly path: string
  /** Lines without an answer. */
  readonly left: number
  onOpen(index: number): void
  onNext(): void
}

/** Right of the sheet on the desktop: the hazards found, and what still stops the signature. */
export function FoundHazards({ hazards, path, left, onOpen, onNext }: FoundHazardsProps) {
  const { model } = useSurroundings()
  const open = hazards.filter((_, index) => model.missing((field) => field.startsWith(`${path}.${index}.`)).length > 0).length
  return (
    <aside className="bf-found" aria-label={say('hazard.found')}>
      <section>
        <h3>
          {say('hazard.found')} <small>{say('rows.count', { count: hazards.length })}</small>
        </h3>
        {hazards.length === 0 && <p className="bf-help">{say('hazard.foundNone')}</p>}
        {hazards.map((hazard, index) => (
          <FoundHazard key={String(hazard['clientId'] ?? index)} hazard={hazard} path={`${path}.${index}`} onOpen={() => onOpen(index)} />
        ))}
      </section>
      {(left > 0 || open > 0) && (
        <section>
          <h3>{say('hazard.signAfter')}</h3>
          <p className="bf-help">{say('hazard.signWho')}</p>
          <ul className="bf-left">
            {left > 0 && <li>{say('check.left', { count: left })}</li>}
            {open > 0 && <li>{say('hazard.incomplete', { count: open })}</li>}
          </ul>
          {left > 0 && (
            <Button block icon={<ArrowDownOutlined />} iconPlacement="end" onClick={onNext}>
              {say('check.goNext')}
            </Button>
          )}
        </section>
      )}
    </aside>
  )
}

function FoundHazard({ hazard, path, onOpen }: { hazard: Values; path: string; onOpen(): void }) {
  const { sources } = useSurroundings()
  const missing = useMissingWords(path)
  const photo = (hazard['beforePics'] as StoredFile[] | undefined)?.[0]
  const url = photo ? sources.fileUrl?.(photo.id) : undefined
  return (
    <button type="button" className="bf-found-hazard" onClick={onOpen}>
      {url ? <img src={url} alt="" /> : <span className="bf-thumb-empty">{say(photo ? 'hazard.photo' : 'hazard.noPhoto')}</span>}
      <span>
        <b>{String(hazard['description'] ?? '') || say('hazard.noWords')}</b>
        <small>
          <LevelWord level={hazard['level']} />
        </small>
        {missing.length > 0 && <em className="bf-amber">{say('hazard.lacks', { what: missing.slice(0, 3).join('、') })}</em>}
      </span>
    </button>
  )
}
