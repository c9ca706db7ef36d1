import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { countyPlan } from './county-plan.ts'
import { DEMONSTRATION_COUNTIES } from './demonstration/index.ts'

const example = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/county-plan.example.json'), 'utf8'))
const complaints = (change: object) =>
  countyPlan.safeParse({ ...example, ...change }).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []

describe('countyPlan', () => {
  it('takes the example and the counties of the demonstration', () => {
    expect(complaints({})).toEqual([])
    for (const plan of DEMONSTRATION_COUNTIES) expect(countyPlan.safeParse(plan).error?.issues).toBeUndefined()
  })

  it('names every fault with its place', () => {
    const [government, bureau] = example.units
    const [mine] = example.enterprises
    const [admin] = example.people

    expect(complaints({ code: '14' })).toEqual(['code: six digits of the administrative code'])
    expect(complaints({ units: [{ ...bureau, parent: 'nowhere' }] })).toContain('units.0.parent: no unit nowhere stands above')
    expect(complaints({ units: [...example.units, government] })).toContain('units.5.alias: government stands twice')
    expect(complaints({ enterprises: [{ ...mine, town: 'bureau' }] })).toContain('enterprises.0.town: there is no town bureau')
    expect(complaints({ people: [admin, { ...admin, alias: 'x', posts: [['ENT_PRINCIPAL', 'bureau']] }] })).toEqual([
      'people.1.posts.0: ENT_PRINCIPAL cannot be held at bureau',
    ])
    expect(complaints({ people: [{ ...admin, posts: [['BUREAU_HEAD', 'bureau']] }] })).toEqual(['people: somebody must be PROCESS_ADMIN'])
    expect(complaints({ password: 'x' })).toHaveLength(1)
  })
})
