import { decodeDocument, type ReadDocument } from './chunks.ts'

/** How many characters of documents are kept: some 20 MB with what they hold, decoded. */
const LIMIT = 2_000_000

/**
 * Documents by their text. What is waited for is mostly read soon after it was written, and reading it is dearer than comparing it.
 * The text says all, so nothing in here can be out of date; that it was never committed does not matter either.
 */
export class DocumentCache {
  /** Those used longest ago come first. */
  private readonly kept = new Map<string, ReadDocument>()
  private length = 0

  decode(text: string): ReadDocument {
    const known = this.kept.get(text)
    if (known) this.kept.delete(text)
    else this.length += text.length
    const document = known ?? decodeDocument(text)
    this.kept.set(text, document)
    this.shrink()
    return document
  }

  /** A document that has been written: decoding its text would answer the same. */
  keep(text: string, document: ReadDocument): void {
    if (this.kept.has(text)) return
    this.kept.set(text, document)
    this.length += text.length
    this.shrink()
  }

  private shrink(): void {
    for (const text of this.kept.keys()) {
      if (this.length <= LIMIT) return
      this.kept.delete(text)
      this.length -= text.length
    }
  }
}
