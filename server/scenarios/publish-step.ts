import { ScenarioFailure, type Step } from './scenario.ts'
import type { World } from './world.ts'

/** Publishes a form with fields added, or a procedure with its model or slots changed. */
export async function publishStep(
  world: World,
  publish: NonNullable<Step['publish']>,
  by: { personId: string; note: string },
): Promise<void> {
  const { procedures, forms } = world.application.features
  if (publish.form !== undefined) {
    const actor = { personId: by.personId, countyCode: world.countyCode, kind: 'admin' as const }
    const { published } = await forms.editing.open(world.countyCode, publish.form)
    const schema = structuredClone(published.schema)
    for (const [key, field] of Object.entries(publish.add ?? {})) schema.properties[key] = field as (typeof schema.properties)[string]
    const { revision } = await forms.editing.saveDraft(actor, publish.form, { title: published.title, schema, revision: 0 })
    await forms.editing.publish(actor, publish.form, publish.note, revision)
  }
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
