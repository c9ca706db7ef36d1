import { useFormVersion, useSurroundings } from '../model/form-context.ts'
import { say } from '../words/say.ts'

/** Level in words: red only for 疑似重大 and 重大. */
export function LevelWord({ level }: { level: unknown }) {
  if (level === 'GENERAL') return <span className="bf-level">{say('hazard.general')}</span>
  if (level === 'SUSPECTED_MAJOR') return <span className="bf-level bf-level-suspected">{say('hazard.suspected')}</span>
  if (level === 'MAJOR') return <span className="bf-level bf-level-major">{say('hazard.major')}</span>
  return <span className="bf-level bf-level-open">{say('hazard.open')}</span>
}

/** Titles of what a row still lacks, each once. */
export function useMissingWords(path: string): string[] {
  const { model } = useSurroundings()
  useFormVersion()
  const titles = model.missing((field) => field.startsWith(`${path}.`)).map((error) => model.stateOf(error.field)?.title ?? '')
  return [...new Set(titles.filter((title) => title !== ''))]
}
