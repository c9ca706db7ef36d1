import { useMemo, useState } from 'react'
import type { FieldState } from '../../../contracts/form-rules/index.ts'
import { say } from '../words/say.ts'
import type { StepsControl } from './form-context.ts'
import type { FormModel } from './form-model.ts'

function visibleSteps(model: FormModel): FieldState[] {
  const found: FieldState[] = []
  const visit = (properties: typeof model.schema.properties) => {
    for (const field of Object.values(properties)) {
      const state = model.stateOf(`#${field['x-id']}`)
      if (field['x-component'] === 'Step' && state?.visible) found.push(state)
      else if (field.type === 'void' && field.properties) visit(field.properties)
    }
  }
  visit(model.schema.properties)
  return found
}

/** Titles of the visible steps of the form itself, in order. */
export function stepTitles(model: FormModel): string[] {
  return visibleSteps(model).map((state) => state.title)
}

/** Title of the step that a field lies in. */
export function stepOfField(model: FormModel, path: string): string | undefined {
  const key = path.split('.')[0] ?? ''
  return visibleSteps(model).find((step) => {
    const holds = (properties: typeof model.schema.properties | undefined): boolean =>
      Object.entries(properties ?? {}).some(([name, field]) => (field.type === 'void' ? holds(field.properties) : name === key))
    return holds(step.node.schema.properties)
  })?.title
}

/** The wizard: on the phone and with more than one step. A last look is added unless the form ends with a signature. */
export function useSteps(model: FormModel, titles: readonly string[], on: boolean): StepsControl | undefined {
  const [current, setCurrent] = useState(0)
  const key = titles.join('\n')
  return useMemo(() => {
    const names = key === '' ? [] : key.split('\n')
    if (!on || names.length < 2) return undefined
    const last = visibleSteps(model).at(-1)?.node.schema
    const signs = JSON.stringify(last?.properties ?? {}).includes('"x-component":"Signature"')
    const all = signs ? names : [...names, say('form.review')]
    return {
      current: Math.min(current, all.length - 1),
      titles: all,
      hasReview: !signs,
      goTo: (step) => {
        setCurrent(Math.max(0, Math.min(step, all.length - 1)))
        window.scrollTo?.({ top: 0 })
      },
    }
  }, [model, key, on, current])
}
