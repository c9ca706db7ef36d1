import type { ReactNode } from 'react'

/** One setting with its title; `note` says why it is closed. */
export function Setting({ title, note, children }: { title: string; note?: string | undefined; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="fd-setting">
      <span>{title}</span>
      {children}
      {note && <small>{note}</small>}
    </label>
  )
}
