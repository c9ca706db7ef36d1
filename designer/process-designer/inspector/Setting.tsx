import type { ReactNode } from 'react'

export interface SettingProps {
  label: string
  /** One sentence under the control. */
  help?: string
  /** At the right of the label: a chip, a count. */
  extra?: ReactNode
  children: ReactNode
}

/** One setting: its name, its control, a sentence of help. */
export function Setting({ label, help, extra, children }: SettingProps) {
  return (
    <div className="pd-set">
      <div className="pd-set-label">
        <span>{label}</span>
        {extra}
      </div>
      {children}
      {help && <p className="pd-set-help">{help}</p>}
    </div>
  )
}
