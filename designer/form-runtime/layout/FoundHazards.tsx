import { ArrowDownOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Values } from '../../../contracts/form-rules/index.ts'
import { useSurroundings } from '../model/form-context.ts'
import type { StoredFile } from '../sources.ts'
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
    <aside className="bf-found" aria-label="查出的隐患">
      <section>
        <h3>
          查出的隐患 <small>{hazards.length} 条</small>
        </h3>
        {hazards.length === 0 && <p className="bf-help">查出不合格时，在那一条里直接登记。</p>}
        {hazards.map((hazard, index) => (
          <FoundHazard key={String(hazard['clientId'] ?? index)} hazard={hazard} path={`${path}.${index}`} onOpen={() => onOpen(index)} />
        ))}
      </section>
      {(left > 0 || open > 0) && (
        <section>
          <h3>查完、补齐后签字</h3>
          <p className="bf-help">谁检查、谁签字、谁负责</p>
          <ul className="bf-left">
            {left > 0 && <li>还有 {left} 项没查</li>}
            {open > 0 && <li>{open} 条隐患没填完</li>}
          </ul>
          {left > 0 && (
            <Button block icon={<ArrowDownOutlined />} iconPlacement="end" onClick={onNext}>
              去下一条没查的
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
      {url ? <img src={url} alt="" /> : <span className="bf-thumb-empty">{photo ? '照片' : '还没拍照'}</span>}
      <span>
        <b>{String(hazard['description'] ?? '') || '还没写描述'}</b>
        <small>
          <LevelWord level={hazard['level']} />
        </small>
        {missing.length > 0 && <em className="bf-amber">还差 {missing.slice(0, 3).join('、')}</em>}
      </span>
    </button>
  )
}
