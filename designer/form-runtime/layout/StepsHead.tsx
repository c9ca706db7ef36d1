import type { StepsControl } from '../model/form-context.ts'
import { say } from '../words/say.ts'

/** Progress of the wizard as bars and in words. */
export function StepsHead({ steps }: { steps: StepsControl }) {
  const total = steps.titles.length
  const said = say('form.step', { current: steps.current + 1, total })
  return (
    <div className="bf-steps-head">
      <div
        className="bf-steps-bars"
        role="progressbar"
        aria-valuemin={1}
        aria-valuemax={total}
        aria-valuenow={steps.current + 1}
        aria-label={said}
      >
        {steps.titles.map((title, index) => (
          <i key={title} data-done={index <= steps.current || undefined} />
        ))}
      </div>
      <p>
        {said}
        <b>{steps.titles[steps.current]}</b>
      </p>
    </div>
  )
}
