import './facts.css'

interface FactListProps {
  facts: readonly { label: string; value: string }[]
}

export const FactList = ({ facts }: FactListProps) => (
  <dl className="facts">
    {facts.map((fact) => (
      <div key={fact.label}>
        <dt>{fact.label}</dt>
        <dd>{fact.value}</dd>
      </div>
    ))}
  </dl>
)
