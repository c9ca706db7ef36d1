import type { ReactNode } from 'react'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { Reading } from '../../parts/reading/Reading.tsx'
import { Background } from './Background.tsx'
import { Basis } from './Basis.tsx'
import { Changes } from './Changes.tsx'
import { hasOwnPart, isWork } from './own-part.ts'

interface SectionsProps {
  page: TaskPage
  own: ReactNode
  /** On a phone: the word of the level before, above the situation. */
  before?: ReactNode
}

/** A decision reads first and writes then; work writes first. */
export function Sections({ page, own, before }: SectionsProps) {
  const readOnlyForm =
    page.form && (!hasOwnPart(page) || page.state !== 'OPEN') ? (
      <section id="own-read" aria-labelledby="own-read-title">
        <h2 id="own-read-title">{page.form.title}</h2>
        <Reading form={page.form} />
      </section>
    ) : null
  const background = <Background page={page} />
  return (
    <>
      <Changes changes={page.changes} />
      {before}
      {isWork(page) ? (
        <>
          {own}
          {background}
        </>
      ) : (
        <>
          {background}
          {own}
        </>
      )}
      {readOnlyForm}
      <Basis basis={page.basis} />
    </>
  )
}
