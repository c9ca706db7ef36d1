export type Language = 'zh-CN' | 'en-US'

/** The language that was chosen; Chinese unless English was. */
export const languageOf = (chosen: string | null): Language => (chosen === 'en-US' ? 'en-US' : 'zh-CN')
