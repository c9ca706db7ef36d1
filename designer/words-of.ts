type Fill = Readonly<Record<string, string | number>>

/** The page's language. */
export const isEnglish = (): boolean => document.documentElement.lang.startsWith('en')

/** Words by key in the page's language, `{name}` filled in: one table for each language, with the same keys. */
export function wordsOf<Key extends string>(chinese: Readonly<Record<Key, string>>, english: Readonly<Record<Key, string>>) {
  return (key: Key, fill: Fill = {}): string => {
    const words = (isEnglish() ? english : chinese)[key]
    return words.replace(/\{(\w+)\}/g, (whole, name: string) => (name in fill ? String(fill[name]) : whole))
  }
}
