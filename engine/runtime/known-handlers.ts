import type { KnownHandlers } from '../bpmn/index.ts'
import { handlerNamed } from '../core/handler.ts'
import type { EngineSettings } from './engine-context.ts'

/** What the reader may know of handlers. A model that is `stored` was accepted once: what has gone since is missed when it is reached. */
export function knownHandlers({ handlers, compat }: Pick<EngineSettings, 'handlers' | 'compat'>, stored = false): KnownHandlers {
  const otherwise = stored || compat.unknownHandlersDeploy ? 'late' : undefined
  return (name) => {
    const handler = handlerNamed(handlers, name)
    if (!handler) return otherwise
    return handler.remote ? 'remote' : 'pure'
  }
}
