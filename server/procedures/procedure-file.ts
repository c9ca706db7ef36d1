import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { seatSetting } from '../../contracts/bpmn-extension.ts'

export const SLOT_TYPES = ['chain', 'members', 'days', 'date', 'choice'] as const
const option = z.object({ value: z.string(), label: z.string() })

/** A place in a procedure that each county fills. */
export const slotDefinition = z.object({
  key: z.string(),
  title: z.string(),
  type: z.enum(SLOT_TYPES),
  options: z.array(option).default([]),
  basis: z.string().default(''),
  default: z.unknown(),
})
export type SlotDefinition = z.infer<typeof slotDefinition>
export type Slots = Readonly<Record<string, unknown>>

/** `processes/<id>/procedure.json` */
export const procedureFile = z.object({
  id: z.string(),
  title: z.string(),
  group: z.string(),
  hint: z.string(),
  package: z.string(),
  recordKind: z.enum(['check', 'hazard', 'report', 'voiding']),
  /** Posts that may start it; absent: it is only called or started by a message. */
  startPositions: z.array(z.string()).default([]),
  decisions: z.array(z.string()).default([]),
  slots: z.array(slotDefinition).default([]),
})
export type ProcedureFile = z.infer<typeof procedureFile>

export interface ShippedProcedure extends ProcedureFile {
  readonly xml: string
  readonly dmn: readonly { readonly name: string; readonly content: string }[]
}

const folder = new URL('../../processes/', import.meta.url)
let shipped: readonly ShippedProcedure[] | null = null

/** Every procedure that ships, read once. */
export function shippedProcedures(): readonly ShippedProcedure[] {
  shipped ??= readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((id) => {
      const text = (name: string) => readFileSync(new URL(`${id}/${name}`, folder), 'utf8')
      const file = procedureFile.parse(JSON.parse(text('procedure.json')))
      return {
        ...file,
        xml: text(`${id}.bpmn`),
        dmn: file.decisions.map((decision) => ({ name: `${decision}.dmn`, content: text(`${decision}.dmn`) })),
      }
    })
  return shipped
}

export function shippedProcedure(id: string): ShippedProcedure | null {
  return shippedProcedures().find((procedure) => procedure.id === id) ?? null
}

export function defaultSlots(packageId: string): Slots {
  const definitions = shippedProcedures()
    .filter((procedure) => procedure.package === packageId)
    .flatMap((procedure) => procedure.slots)
  return Object.fromEntries(definitions.map((slot) => [slot.key, slot.default ?? null]))
}

/** What is wrong with the value of a slot, in words; null when nothing is. */
export function slotFault(definition: SlotDefinition, value: unknown): string | null {
  switch (definition.type) {
    case 'chain':
    case 'members': {
      const list = z.array(seatSetting).min(1).max(9).safeParse(value)
      return list.success ? null : `${definition.title}：每一级都要写明由谁办理`
    }
    case 'days':
      return value === null || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 365)
        ? null
        : `${definition.title}：1 到 365 个工作日，或留空`
    case 'date':
      return z.iso.date().safeParse(value).success ? null : `${definition.title}：不是日期`
    case 'choice':
      return definition.options.some((entry) => entry.value === value) ? null : `${definition.title}：没有这个选项`
  }
}
