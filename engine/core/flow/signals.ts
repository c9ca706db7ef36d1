import type { InstanceDraft } from '../draft/instance-draft.ts'
import type { Variables } from '../value.ts'
import { deliver, scheduleDelivery } from './deliver.ts'

/** To all that wait for it: in this family now, elsewhere when the step is done. A suspended instance does not hear it. */
export function broadcastSignal(
  thrower: InstanceDraft,
  name: string,
  variables: Variables,
  async: boolean,
  businessKey: string | null,
): void {
  const { run } = thrower
  const tenantId = thrower.head.tenantId
  const receivers = run
    .allInstances()
    .filter((instance) => !instance.head.suspended && (instance.head.tenantId === tenantId || instance.head.tenantId === null))
    .flatMap((instance) =>
      [...instance.subscriptions.all()]
        .filter((each) => each.type === 'signal' && each.name === name)
        .map((subscription) => ({ instance, subscription })),
    )
    .sort((a, b) => a.subscription.seq - b.subscription.seq)
  for (const { instance, subscription } of receivers) {
    if (!instance.ended && instance.subscriptions.get(subscription.id)) {
      if (async) scheduleDelivery(instance, subscription, variables)
      else deliver(instance, subscription, variables)
    }
  }
  run.effects.push({ kind: 'signal', name, tenantId, variables, async, businessKey })
}
