import i18next, { type Resource } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { languageOf } from './language.ts'

type Bundle = Record<string, unknown>
const chinese = import.meta.glob<Bundle>('./zh-CN/*.json', { eager: true, import: 'default' })
const english = import.meta.glob<Bundle>('./en-US/*.json', { import: 'default' })

const areaOf = (path: string) => path.slice(path.lastIndexOf('/') + 1, -'.json'.length)

/** Chinese is part of the page; English comes on demand. A file is an area: `inbox.json` holds the keys `inbox.…`. */
export async function setUpLanguage(): Promise<void> {
  const language = languageOf(localStorage.getItem('language'))
  const resources: Resource = {
    'zh-CN': { translation: Object.fromEntries(Object.entries(chinese).map(([path, bundle]) => [areaOf(path), bundle])) },
  }
  await i18next
    .use(initReactI18next)
    .init({ lng: 'zh-CN', fallbackLng: 'zh-CN', resources, interpolation: { escapeValue: false }, returnNull: false })
  if (language === 'en-US') await loadEnglish()
  document.documentElement.lang = i18next.language
}

async function loadEnglish(): Promise<void> {
  const bundles = await Promise.all(Object.entries(english).map(async ([path, load]) => [areaOf(path), await load()] as const))
  i18next.addResourceBundle('en-US', 'translation', Object.fromEntries(bundles), true, true)
  await i18next.changeLanguage('en-US')
}

/** Remembers the language and shows it. */
export async function chooseLanguage(language: 'zh-CN' | 'en-US'): Promise<void> {
  localStorage.setItem('language', language)
  // First: forms and designers ask the document, in the same drawing that the change below causes.
  document.documentElement.lang = language
  if (language === 'en-US') await loadEnglish()
  else await i18next.changeLanguage('zh-CN')
}
