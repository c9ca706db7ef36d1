import { CloseOutlined } from '@ant-design/icons'
import { Image } from 'antd'
import type { StoredFile } from '../sources.ts'
import { say } from '../words/say.ts'

interface ThumbsProps {
  readonly files: readonly StoredFile[]
  urlOf(file: StoredFile): string | undefined
  /** Absent where photos are only looked at. */
  onRemove?(file: StoredFile): void
}

/** Photos that are stored, one zoom for all. */
export const Thumbs = ({ files, urlOf, onRemove }: ThumbsProps) => (
  <Image.PreviewGroup>
    {files.map((file) => {
      const url = urlOf(file)
      return (
        <span key={file.id} className="bf-thumb">
          {url ? <Image src={url} alt={file.name} preview={{ mask: false }} /> : <span className="bf-thumb-empty">{file.name}</span>}
          {file.notOnSite && <em>{say('photo.notOnSite')}</em>}
          {onRemove && (
            <button
              type="button"
              className="bf-remove"
              aria-label={say('photo.remove', { name: file.name })}
              onClick={() => onRemove(file)}
            >
              <CloseOutlined />
            </button>
          )}
        </span>
      )
    })}
  </Image.PreviewGroup>
)
