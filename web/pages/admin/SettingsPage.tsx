import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, InputNumber, Select, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingList } from '../../../contracts/api/admin.ts'
import { change, get } from '../../api/request.ts'
import { message } from '../../parts/messages.ts'
import { useErrorText } from '../../parts/use-error-text.ts'
import { AdminPage } from './AdminPage.tsx'

/** A clause of a notice; the rest are marks of the plan that nobody outside knows. */
const isClause = (basis: string) => /\p{Script=Han}/u.test(basis)

type Setting = SettingList['settings'][number]

interface EditorProps {
  id: string
  /** What kind of value it is, by what ships. */
  setting: Setting
  value: unknown
  onChange: (value: unknown) => void
  onBroken: (broken: boolean) => void
}

/** The words of a closed choice, by its code; null where the value is free. */
function useChoices(key: string): Record<string, string> | null {
  const { t } = useTranslation()
  const all = t('settings.choices', { returnObjects: true }) as Record<string, Record<string, string>>
  return all[key.replaceAll('.', '_')] ?? null
}

function Editor({ id, setting, value, onChange, onBroken }: EditorProps) {
  const choices = useChoices(setting.key)
  const [text, setText] = useState(() => (typeof value === 'string' ? value : JSON.stringify(value)))
  const sample = setting.shipped ?? setting.value
  if (choices) {
    const options = Object.entries(choices).map(([code, label]) => ({ value: code, label }))
    return (
      <Select
        id={id}
        className="setting-choice"
        {...(Array.isArray(sample) ? { mode: 'multiple' as const } : {})}
        value={value}
        options={options}
        onChange={onChange}
      />
    )
  }
  if (typeof sample === 'boolean') return <Switch id={id} checked={value === true} onChange={onChange} />
  if (typeof sample === 'number') return <InputNumber id={id} value={typeof value === 'number' ? value : null} onChange={onChange} />
  if (typeof sample === 'string') return <Input id={id} value={String(value ?? '')} onChange={(event) => onChange(event.target.value)} />
  const handleText = (next: string) => {
    setText(next)
    try {
      onChange(JSON.parse(next))
      onBroken(false)
    } catch {
      onBroken(true)
    }
  }
  return (
    <Input.TextArea
      id={id}
      className="setting-json"
      value={text ?? ''}
      autoSize={{ minRows: 1, maxRows: 6 }}
      onChange={(event) => handleText(event.target.value)}
    />
  )
}

function SettingRow({ setting }: { setting: Setting }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const errorText = useErrorText()
  const [value, setValue] = useState(setting.value)
  const [broken, setBroken] = useState(false)
  const save = useMutation({
    mutationFn: (next: unknown) => change('PUT', `/admin/settings/${encodeURIComponent(setting.key)}`, { value: next }),
    onSuccess: () => {
      message.success(t('settings.saved'))
      void client.invalidateQueries({ queryKey: ['settings'] })
    },
    onError: (error) => message.error(errorText(error)),
  })
  const choices = useChoices(setting.key)
  const words = (one: unknown): string => {
    if (typeof one === 'boolean') return t(one ? 'settings.on' : 'settings.off')
    if (one === null || one === '') return t('settings.none')
    if (Array.isArray(one)) return one.map(words).join('、')
    return typeof one === 'object' ? JSON.stringify(one) : (choices?.[String(one)] ?? String(one))
  }
  const isChanged = JSON.stringify(value) !== JSON.stringify(setting.value)
  const differs = JSON.stringify(setting.value) !== JSON.stringify(setting.shipped)
  const id = `setting-${setting.key.replaceAll('.', '-')}`
  return (
    <li className="setting">
      <div>
        <label htmlFor={id}>{setting.title}</label>
        <p className="small">
          {isClause(setting.basis) && `${t('settings.basis', { basis: setting.basis })}　`}
          {t('settings.shipped', { value: words(setting.shipped) })}
        </p>
      </div>
      <div>
        <Editor id={id} setting={setting} value={value} onChange={setValue} onBroken={setBroken} />
        {broken && <p className="setting-broken">{t('settings.notJson')}</p>}
      </div>
      <div className="setting-actions">
        {isChanged && !broken && (
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate(value)}>
            {t('settings.save')}
          </Button>
        )}
        {!isChanged && differs && (
          <Button type="text" loading={save.isPending} onClick={() => save.mutate(setting.shipped)}>
            {t('settings.restore')}
          </Button>
        )}
      </div>
    </li>
  )
}

/** What no notice decides, as the county has it: one setting at a time, each change in the audit. */
export function Page() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => get<SettingList>('/admin/settings', signal) })
  return (
    <AdminPage title={t('shell.settings')} note={t('settings.note')} query={query}>
      {({ settings }) => (
        <ul className="settings card">
          {settings.map((setting) => (
            <SettingRow key={`${setting.key}-${JSON.stringify(setting.value)}`} setting={setting} />
          ))}
        </ul>
      )}
    </AdminPage>
  )
}
