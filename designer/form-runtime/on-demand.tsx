import { type ComponentType, createElement, lazy, Suspense } from 'react'

const loaders = new Map<() => Promise<unknown>, 'anywhere' | 'desktop'>()

/**
 * A heavy piece that a form does not need to be read: it has a chunk of its own and comes with the first field that asks for it, an
 * empty box standing in its place meanwhile. `desktop`: a phone's form never asks for it.
 */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  where: 'anywhere' | 'desktop' = 'anywhere',
): ComponentType<Props> {
  loaders.set(load, where)
  const Loaded = lazy(async () => ({ default: await load() }))
  return (props) => createElement(Suspense, { fallback: createElement('span', { className: 'bf-coming' }) }, createElement(Loaded, props))
}

/** Fetches the pieces that were not asked for yet: whoever goes on without a network has all that the form may open. */
export async function loadTheRest(phone: boolean): Promise<void> {
  for (const [load, where] of loaders) if (where === 'anywhere' || !phone) await load().catch(() => undefined)
}
