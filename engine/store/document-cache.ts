import { decodeDocument, type ReadDocument } from './chunks.ts'

/** How many characters of documents are kept: some 20 MB with what they hold, decoded. */
const LIMIT = 2_000_000

interface Kept {
  readonly text: string
  readonly document: ReadDocument
}

/**
 * The last documents of instances with their texts. What is waited for is mostly read soon after it was written, and reading it is
 * dearer than comparing it. Only the same text is taken for the same document, so nothing in here can be out of date; that it was
 * never committed does not matter either.
 */
export class DocumentCache {
  /** By instance; those used longest ago come first. */
  private readonly kept = new Map<string, Kept>()
  private length = 0

  decode(instanceId: string, text: string): ReadDocument {
    const known = this.kept.get(instanceId)
    const document = known?.text === text ? known.document : decodeDocument(text)
    this.keep(instanceId, text, document)
    return document
  }

  /** A document that has been written: decoding its text would answer the same. */
  keep(instanceId: string, text: string, document: ReadDocument): void {
    this.forget(instanceId)
    this.kept.set(instanceId, { text, document })
    this.length += text.length
    for (const id of this.kept.keys()) {
      if (this.length <= LIMIT) return
      this.forget(id)
    }
  }

  private forget(instanceId: string): void {
    const known = this.kept.get(instanceId)
    if (!known) return
    this.kept.delete(instanceId)
    this.length -= known.text.length
  }
}
