import { useEffect, useRef } from 'react'

type Keys = Record<string, () => unknown>

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="combobox"], [role="dialog"], .djs-container') !== null)

/** Keys by their lower-case name (`j`, `enter`, `arrowright`). They act on the page, never in inputs or dialogs (WCAG 2.1.4: switched off by localStorage `keys` = off). */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isWriting(event.target)) return
      if (localStorage.getItem('keys') === 'off' || document.querySelector('.ant-modal-wrap:not([style*="display: none"])')) return
      // Enter on a focused button or link belongs to that button.
      if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a, button')) return
      const act = latest.current[event.key.toLowerCase()]
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', handleKey)
    return () => document.removeEventListener('keydown', handleKey)
  }, [])
}
