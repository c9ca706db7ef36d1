import type { Messages, Signals } from '../process-engine.ts'
import { EngineError } from '../process-engine.ts'
import { type RemoteContext, toWire } from './remote-context.ts'

interface WireCorrelation {
  readonly resultType: 'Execution' | 'ProcessDefinition'
  readonly execution: { readonly processInstanceId: string } | null
  readonly processInstance: { readonly id: string } | null
}

const tenantOf = (tenantId: string | null | undefined) =>
  tenantId === undefined ? {} : tenantId === null ? { withoutTenantId: true } : { tenantId }

export function remoteMessages({ rest, aliases, changed }: RemoteContext): Messages {
  return {
    correlate: async (request) => {
      const body = {
        messageName: request.name,
        businessKey: request.businessKey ?? undefined,
        correlationKeys: request.correlationKeys && toWire(request.correlationKeys),
        processInstanceId: request.processInstanceId && (await aliases.remoteOf(request.processInstanceId)),
        processVariables: toWire(request.variables),
        all: request.all ?? false,
        resultEnabled: true,
        ...tenantOf(request.tenantId),
      }
      try {
        const results = await rest.send<WireCorrelation[]>('POST', '/message', body)
        changed()
        return Promise.all(
          results.map(async ({ resultType, execution, processInstance }) =>
            resultType === 'Execution'
              ? { kind: 'execution' as const, processInstanceId: await aliases.localOf(execution?.processInstanceId ?? '') }
              : { kind: 'definition' as const, processInstanceId: processInstance?.id ?? '' },
          ),
        )
      } catch (error) {
        if (request.all && error instanceof EngineError && error.code === 'message-mismatch') return []
        throw error
      }
    },
  }
}

export function remoteSignals({ rest, changed }: RemoteContext): Signals {
  return {
    broadcast: async (request) => {
      await rest.send('POST', '/signal', { name: request.name, variables: toWire(request.variables), ...tenantOf(request.tenantId) })
      changed()
    },
  }
}
