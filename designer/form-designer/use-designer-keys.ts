import { useEffect } from 'react'
import type { DesignerSurroundings } from './designer-context.ts'

/** Keys of the designer; off while something is being typed. */
export function useDesignerKeys(designer: DesignerSurroundings, saveNow: () => void, isActive: boolean): void {
  useEffect(() => {
    const handle = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element &&
        event.target.closest('input, textarea, select, [contenteditable], .ant-modal, .ant-select-dropdown') !== null
      const command = event.ctrlKey || event.metaKey
      const key = event.key.toLowerCase()
      if (command && key === 's') {
        event.preventDefault()
        saveNow()
        return
      }
      if (typing || !isActive) return
      const { history, dispatch, shift, duplicate, remove, select } = designer
      const id = history.selected
      if (command && key === 'z') dispatch({ kind: event.shiftKey ? 'redo' : 'undo' })
      else if (command && key === 'y') dispatch({ kind: 'redo' })
      else if (id && event.altKey && event.key === 'ArrowUp') shift(id, 'up')
      else if (id && event.altKey && event.key === 'ArrowDown') shift(id, 'down')
      else if (id && event.altKey && event.key === 'ArrowRight') shift(id, 'into')
      else if (id && event.altKey && event.key === 'ArrowLeft') shift(id, 'out')
      else if (id && command && key === 'd') duplicate(id)
      else if (id && (event.key === 'Delete' || event.key === 'Backspace')) remove(id)
      else if (event.key === 'Escape') select(null)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', handle)
    return () => window.removeEventListener('keydown', handle)
  }, [designer, saveNow, isActive])
}
