import type { NodeSetting } from '../../contracts/bpmn-extension.ts'
import {
  decisionFields,
  type FormDefinition,
  type Forms,
  fileIds,
  type Permissions,
  type RuleContext,
  referencedIds,
  ruleContext,
} from '../forms/index.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import { type Clock, type Enterprise, type Holding, type Organisation, positionTitle } from '../organisation/index.ts'
import type { RecordRow } from '../records/index.ts'
import { readPath } from './seat-resolution.ts'

export type Values = Readonly<Record<string, unknown>>

/** Where in a procedure a form is filled in. */
export interface FormPlace {
  readonly countyCode: string
  readonly setting: NodeSetting
  readonly nodeId: string
  readonly isFirstNode: boolean
  /** A chain's last level sees and writes `lastSeatFields`, the others do not. */
  readonly isLastSeat: boolean
  /** Versions with which the instance began; absent: those in force. */
  readonly versions: Readonly<Record<string, number>> | null
  readonly record: RecordRow | null
  /** The outcome that is being chosen: some fields are demanded by it. */
  readonly outcome?: string
  /** What only the server fills in. */
  readonly server: Values
  readonly surroundings: FormSurroundings
}

/** What rules of forms may read of a person and his county: the same for every form of one page. */
export interface FormSurroundings {
  readonly holdings: readonly Holding[]
  readonly timeZone: string
  readonly settings: Values
  /** Of the record, else of the person. */
  readonly enterprise: Enterprise | null
}

export interface OpenForm {
  readonly form: FormDefinition
  readonly stored: Values
  readonly permissions: Permissions
  readonly context: RuleContext
}

/** Forms as approval uses them: which version, what a seat may write, what is stored already, and the judge. */
export interface FormGate {
  surroundings(actor: Actor, enterpriseId: string | null): Promise<FormSurroundings>
  /** Null: the node has no form. */
  open(actor: Actor, place: FormPlace): Promise<OpenForm | null>
  /** Values to store. Throws `form-invalid` with the errors by path. */
  check(open: OpenForm, submitted: unknown, options: { readonly isLenient: boolean }): Promise<Values>
  /** People, units and enterprises that the values name must exist in this county. */
  checkReferences(countyCode: string, form: FormDefinition, values: Values): Promise<void>
  files(form: FormDefinition, values: Values): readonly string[]
  /** Keys of the opinion and signature block, which the decision fills in. */
  decisionFields(form: FormDefinition): readonly string[]
}

export function makeFormGate({ forms, organisation, clock }: { forms: Forms; organisation: Organisation; clock: Clock }): FormGate {
  const { people, places, settings } = organisation
  return {
    async surroundings({ countyCode, personId }, enterpriseId) {
      const [holdings, county, values] = await Promise.all([
        people.holdingsOf(countyCode, personId),
        places.county(countyCode),
        settings.all(countyCode),
      ])
      const id = enterpriseId ?? holdings.find((holding) => holding.enterpriseId !== null)?.enterpriseId ?? null
      const enterprise = id === null ? null : await places.enterprise(countyCode, id)
      return { holdings, timeZone: county?.timeZone ?? 'Asia/Shanghai', settings: values, enterprise }
    },

    async open(actor, place) {
      const key = place.setting.form
      if (key === undefined) return null
      const form = await forms.effectiveForm(key, place.versions?.[key] ?? 'latest', place.countyCode, place.versions ?? undefined)
      if (!form) throw new Error(`no form ${key} for node ${place.nodeId}`)
      const { holdings, timeZone, settings: values, enterprise } = place.surroundings
      const [first] = holdings
      const context = ruleContext({
        now: clock.now(),
        timeZone,
        user: {
          id: actor.personId,
          name: first?.personName ?? '',
          kind: actor.kind,
          post: first ? positionTitle(first.position) : '',
          positions: holdings.map((holding) => holding.position),
          enterpriseId: enterprise?.id ?? null,
          enterpriseName: enterprise?.name ?? '',
          industry: enterprise?.industry ?? '',
          townId: first?.townId ?? null,
        },
        node: {
          id: place.nodeId,
          isLast: place.isLastSeat,
          level: place.record?.level ?? null,
          stopOpen: place.record?.flags.includes('suspended') ?? false,
          ...(place.outcome === undefined ? {} : { outcome: place.outcome }),
        },
        stored: place.record ? { ...place.record.data, hazardNo: place.record.number } : {},
        settings: { ...values, fiveAtRegistration: values['five.atRegistration'], dualReportScope: 'MAJOR_ONLY' },
      })
      return { form, context, permissions: permissionsOf(place), stored: fieldsOf(form, storedValues(place)) }
    },

    async check(open, submitted, { isLenient }) {
      const checked = forms.checkSubmission({ ...open, submitted, draft: isLenient })
      if (!checked.ok) throw new Refusal('form-invalid', { errors: checked.errors })
      return ownValues(open.form, checked.values)
    },

    async checkReferences(countyCode, form, values) {
      const references = referencedIds(form, values)
      const known = new Set<string>()
      const ids = (kind: string) => references.filter((reference) => reference.kind === kind).map((reference) => reference.id)
      for (const id of (await people.peopleByIds(countyCode, ids('person'))).keys()) known.add(id)
      for (const enterprise of await places.enterprises(countyCode, { ids: ids('enterprise') })) known.add(enterprise.id)
      if (ids('unit').length > 0) for (const unit of await places.units(countyCode)) known.add(unit.id)
      const errors = references
        .filter((reference) => !known.has(reference.id))
        .map((reference) => ({ field: reference.field, code: 'unknown-reference', message: '所选的人员或单位不存在，请重新选择' }))
      if (errors.length > 0) throw new Refusal('form-invalid', { errors })
    },

    files: (form, values) => fileIds(form, values),
    decisionFields: (form) => decisionFields(form),
  }
}

function permissionsOf({ setting, isFirstNode, isLastSeat }: FormPlace): Permissions {
  const hidden = isLastSeat ? {} : Object.fromEntries(setting.lastSeatFields.map((field) => [field, 'hidden' as const]))
  return { '*': isFirstNode ? 'edit' : 'read', ...setting.permissions, ...hidden }
}

/** What the form opens with: its own section of the record; fields of the record with the same keys are offered. */
/** Of what the record would hold, the form's own fields: the rest stays where it is, and is not copied into the form's section. */
function ownValues(form: FormDefinition, values: Values): Values {
  const keys = (properties: FormDefinition['schema']['properties']): string[] =>
    Object.entries(properties).flatMap(([key, field]) => (field.type === 'void' ? keys(field.properties ?? {}) : [key]))
  return Object.fromEntries(keys(form.schema.properties).flatMap((key) => (values[key] === undefined ? [] : [[key, values[key]]])))
}

function storedValues({ setting, record, server }: FormPlace): Values {
  if (!record) return defined(server)
  const { section } = setting
  const own = section === '' || section.endsWith('[]') ? undefined : readPath(record.data, section)
  return { ...record.data, ...(typeof own === 'object' && own !== null ? own : {}), ...defined(server) }
}

function defined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null))
}

/** Only what the form has a field for: a record holds much more, and none of it belongs into the form's section. */
function fieldsOf(form: FormDefinition, values: Values): Values {
  const keys = topFields(form.schema.properties)
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.has(key)))
}

function topFields(properties: FormDefinition['schema']['properties']): ReadonlySet<string> {
  return new Set(
    Object.entries(properties).flatMap(([key, field]) => (field.type === 'void' ? [...topFields(field.properties ?? {})] : [key])),
  )
}
