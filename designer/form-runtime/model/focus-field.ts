import { inputId } from './form-context.ts'

const TRIES = 20
const WAIT_MS = 50

/** Brings a field into the middle and gives it the focus, as soon as it is on the page (another step, a panel that opens). */
export function focusField(idPrefix: string, path: string): void {
  let tries = 0
  const attempt = () => {
    const element = document.getElementById(inputId(idPrefix, path))
    if (element?.isConnected && element.getClientRects().length > 0) {
      element.scrollIntoView({ block: 'center' })
      const target = element.matches('input, textarea, button, [tabindex]')
        ? element
        : (element.querySelector<HTMLElement>('input, textarea, button, [tabindex="0"]') ?? element)
      target.focus({ preventScroll: true })
    } else if (++tries < TRIES) setTimeout(attempt, WAIT_MS)
  }
  setTimeout(attempt, WAIT_MS)
}
