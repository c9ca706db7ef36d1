import { ScenarioFailure, type Step } from './scenario.ts'
import type { World } from './world.ts'

/** Publishes a form with fields added, or a procedure with its model or slots changed. */
export async function publishStep(
  world: World,
  publish: NonNullable<Step['publish']>,
  by: { personId: string; note: string },
): Promise<void> {
  const { procedures } = world.application.features
  if (publish.procedure !== undefined) {
    const { version } = await procedures.current(world.countyCode, publish.procedure)
    const xml = (publish.replace ?? []).reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new ScenarioFailure(`the model of ${publish.procedure} does not hold ${from}`)
      return text.replaceAll(from, to)
    }, version.xml)
    await procedures.publish(
      world.countyCode,
      version.packageId,
      { xml: { [version.procedureId]: xml }, ...(publish.slots ? { slots: publish.slots } : {}) },
      by,
    )
  }
}
