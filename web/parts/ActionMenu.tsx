import { Popover } from 'antd'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import './action-menu.css'

interface ActionMenuProps {
  items: readonly { key: string; label: ReactNode; icon?: ReactNode; danger?: boolean | undefined; onClick: () => void }[]
  placement: 'top' | 'bottomRight'
  label: string
  /** The button that opens it. */
  children: ReactNode
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** A few deeds behind one button: by pointer, or by the arrow keys, Enter and Escape. A tenth of the weight of antd's menu. */
export function ActionMenu({ items, placement, label, children }: ActionMenuProps) {
  const [open, setOpen] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const handleKey = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') return setOpen(false)
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const buttons = [...event.currentTarget.querySelectorAll('button')]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    buttons.at((at + step) % buttons.length)?.focus()
  }
  const content = (
    <div ref={list} role="menu" tabIndex={-1} aria-label={label} className="action-menu" onKeyDown={handleKey}>
      {items.map(({ key, label: words, icon, danger, onClick }) => (
        <button
          key={key}
          type="button"
          role="menuitem"
          className={danger ? 'action-danger' : undefined}
          onClick={() => {
            setOpen(false)
            onClick()
          }}
        >
          {icon}
          {words}
        </button>
      ))}
    </div>
  )
  return (
    <Popover
      trigger="click"
      placement={placement}
      arrow={false}
      open={open}
      onOpenChange={setOpen}
      afterOpenChange={(isOpen) => isOpen && list.current?.querySelector('button')?.focus()}
      destroyOnHidden
      content={content}
      styles={{ container: { padding: 4 } }}
    >
      {children}
    </Popover>
  )
}
