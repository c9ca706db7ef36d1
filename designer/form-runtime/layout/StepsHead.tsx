import type { StepsControl } from '../model/form-context.ts'

/** Progress of the wizard as bars and in words. */
export function StepsHead({ steps }: { steps: StepsControl }) {
  const total = steps.titles.length
  return (
    <div className="bf-steps-head">
      <div
        className="bf-steps-bars"
        role="progressbar"
        aria-valuemin={1}
        aria-valuemax={total}
        aria-valuenow={steps.current + 1}
        aria-label={`第 ${steps.current + 1} 步，共 ${total} 步`}
      >
        {steps.titles.map((title, index) => (
          <i key={title} data-done={index <= steps.current || undefined} />
        ))}
      </div>
      <p>
        第 {steps.current + 1} 步，共 {total} 步<b>{steps.titles[steps.current]}</b>
      </p>
    </div>
  )
}
