import { useTranslation } from 'react-i18next'

interface PhrasesProps {
  texts: readonly string[]
  onPick: (text: string) => void
}

export function Phrases({ texts, onPick }: PhrasesProps) {
  const { t } = useTranslation()
  return (
    <fieldset className="phrases">
      <legend className="visually-hidden">{t('task.sign.templates')}</legend>
      {texts.map((text) => (
        <button key={text} type="button" onClick={() => onPick(text)}>
          {text}
        </button>
      ))}
    </fieldset>
  )
}
