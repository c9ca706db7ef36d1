import type { ReactNode } from 'react'
import './states.css'

interface StateViewProps {
  icon: ReactNode
  title: string
  /** One or two sentences. */
  text?: ReactNode
  /** At most two buttons, the more useful one filled. */
  actions?: ReactNode
  tone?: 'error'
}

/** Empty, error, not found, no permission: icon, what is the case, what to do next. */
export function StateView({ icon, title, text, actions, tone }: StateViewProps) {
  return (
    <div className={`state-view${tone ? ` state-${tone}` : ''}`} role={tone === 'error' ? 'alert' : 'status'}>
      <span className="state-icon" aria-hidden="true">
        {icon}
      </span>
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {actions && <div className="state-actions">{actions}</div>}
    </div>
  )
}
