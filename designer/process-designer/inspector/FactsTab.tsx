import { say } from '../words/say.ts'
import { Setting } from './Setting.tsx'
import type { TabProps } from './TabProps.ts'

/** What is recorded when the node is done: to be read, because every report counts it. */
export function FactsTab({ setting }: TabProps) {
  if (!setting) return null
  const when = (on: string) =>
    say('facts.on', {
      on: on === '*' ? say('facts.any') : (setting.outcomes.find((outcome) => outcome.code === on.replace(/^seat:/, ''))?.label ?? on),
    })

  return (
    <>
      <Setting label={say('facts.facts')} help={say('facts.help')}>
        {setting.facts.length === 0 && <p className="pd-sub">{say('facts.none')}</p>}
        {setting.facts.map((fact) => (
          <p key={`${fact.on}${fact.of}${fact.type}`} className="pd-fact">
            {when(fact.on)} <code>{fact.type}</code>
          </p>
        ))}
      </Setting>
      <Setting label={say('facts.status')}>
        {setting.record
          .filter((change) => change.status)
          .map((change) => (
            <p key={`${change.on}${change.of}${change.status}`} className="pd-fact">
              {when(change.on)} <code>{change.status}</code>
            </p>
          ))}
      </Setting>
    </>
  )
}
