import { english } from './en-US.ts'
import { chinese, type WordKey } from './zh-CN.ts'

/** The words for a key in the page's language, `{name}` filled in. */
export function say(key: WordKey, fill: Readonly<Record<string, string | number>> = {}): string {
  const words = document.documentElement.lang.startsWith('en') ? english[key] : chinese[key]
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => (name in fill ? String(fill[name]) : whole))
}
