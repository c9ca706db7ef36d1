type Kind = 'success' | 'error' | 'warning' | 'info'

export interface Said {
  readonly kind: Kind
  readonly text: string
  /** How long it stays, in seconds; without it antd's three. */
  readonly seconds?: number | undefined
}

const waiting: Said[] = []
let show: ((said: Said) => void) | null = null
let onFirst: (() => void) | null = null

function say(kind: Kind, text: string, seconds?: number): void {
  const said = { kind, text, seconds }
  if (show) show(said)
  else {
    waiting.push(said)
    onFirst?.()
  }
}

/** Short sentences at the head of the page: what was done, what went wrong. What shows them is loaded with the first one. */
export const message = {
  success: (text: string, seconds?: number) => say('success', text, seconds),
  error: (text: string, seconds?: number) => say('error', text, seconds),
  warning: (text: string, seconds?: number) => say('warning', text, seconds),
  info: (text: string, seconds?: number) => say('info', text, seconds),
}

/** Called when there is something to show and nobody who shows it. */
export function whenFirstSaid(load: () => void): () => void {
  onFirst = load
  if (waiting.length > 0) load()
  return () => {
    onFirst = null
  }
}

/** Takes what waits and all that comes. */
export function showMessages(shown: (said: Said) => void): () => void {
  show = shown
  for (const said of waiting.splice(0)) shown(said)
  return () => {
    show = null
  }
}
