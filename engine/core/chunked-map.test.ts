import { describe, expect, it } from '@jest/globals'
import { ChunkedMap, entityMap } from './chunked-map.ts'
import { Table } from './draft/table.ts'

interface Leaf {
  readonly id: string
  readonly branch: string
  readonly size: number
}

const branchOf = (leaf: Leaf) => leaf.branch
const leaf = (n: number, branch = `b${n % 3}`): Leaf => ({ id: `n${n}`, branch, size: 0 })
const leaves = (count: number) => entityMap(new Map(Array.from({ length: count }, (_, n) => [`n${n}`, leaf(n)])), branchOf)
const chunksOf = (map: ReadonlyMap<string, Leaf>) => (map instanceof ChunkedMap ? map.chunks : [])

describe('a chunked map', () => {
  it('is a plain map while there are few', () => {
    expect(leaves(32)).not.toBeInstanceOf(ChunkedMap)
    expect(leaves(33)).toBeInstanceOf(ChunkedMap)
  })

  it('shares with its next version what a step did not touch', () => {
    const before = leaves(1000)
    const table = new Table(before, branchOf)
    table.of('b0')
    const touched = table.edit('n500')
    if (touched) touched.size = 1
    table.remove('n900')
    table.insert(leaf(1000))

    const after = table.result()

    const copied = chunksOf(after).filter((chunk, number) => chunk !== chunksOf(before)[number])
    expect(copied.length).toBe(3)
    expect([after.size, after.get('n500')?.size, after.has('n900'), [...after.keys()].at(-1)]).toEqual([1000, 1, false, 'n1000'])
    expect([before.size, before.get('n500')?.size, before.has('n900'), before.has('n1000')]).toEqual([1000, 0, true, false])
  })

  it('is the same map when nothing was changed', () => {
    const before = leaves(100)
    const table = new Table(before, branchOf)
    table.of('b1')
    table.edit('n7')

    expect(table.result()).toBe(before)
  })

  it('finds an entity in every version, also where it came back elsewhere or versions branched off', () => {
    const first = leaves(40)
    const without = changed(first, [], ['n3'])
    const again = changed(without, [{ ...leaf(3), size: 7 }], [])
    const branch = changed(changed(without, [leaf(90), leaf(91)], []), [{ ...leaf(3), size: 9 }], [])

    expect([first, without, again, branch].map((map) => map.get('n3')?.size)).toEqual([0, undefined, 7, 9])
    expect([first, without, again, branch].map((map) => map.has('n90'))).toEqual([false, false, false, true])
  })

  it('moves together when many have gone', () => {
    let map = leaves(1600)
    for (let n = 0; n < 1600; n++) if (n % 16 !== 0) map = changed(map, [], [`n${n}`])

    expect(chunksOf(map).length).toBeLessThan(20)
    expect([...map.keys()]).toEqual(Array.from({ length: 100 }, (_, n) => `n${n * 16}`))
  })

  it('answers as a plain map does, whatever a step changes', () => {
    const random = randomOf(7)
    let map = leaves(60)
    const plain = new Map(map)
    for (let turn = 0; turn < 600; turn++) {
      const table = new Table(map, branchOf)
      change(table, plain, random)

      const size = table.size
      const seen = [...table.all()].map(({ id }) => id)
      const branches = ['b0', 'b1', 'b2'].map((branch) => [table.countOf(branch), ...table.peek(branch).map(({ id }) => id)].sort())
      map = table.result()
      const next = new Table(map, branchOf)
      const ids = ['b0', 'b1', 'b2'].map((branch) => [...plain.values()].filter((each) => each.branch === branch).map(({ id }) => id))
      const id = `n${random(200)}`

      expect(text([size, seen, branches])).toBe(text([plain.size, [...plain.keys()], ids.map((some) => [some.length, ...some].sort())]))
      expect(text([...map])).toBe(text([...plain]))
      expect(text(['b0', 'b1', 'b2'].map((branch) => next.of(branch).map(({ id }) => id)))).toBe(text(ids))
      expect(text([map.get(id) ?? null, map.has(id)])).toBe(text([plain.get(id) ?? null, plain.has(id)]))
    }
  })
})

const text = (value: unknown) => JSON.stringify(value)

const changed = (map: ReadonlyMap<string, Leaf>, entities: readonly Leaf[], gone: readonly string[]) =>
  map instanceof ChunkedMap ? map.with(new Map(entities.map((entity) => [entity.id, entity])), new Set(gone)) : map

/** One change of the table and of a plain map, which grows and shrinks between 20 and 120. */
function change(table: Table<Leaf>, plain: Map<string, Leaf>, random: (below: number) => number): void {
  const id = `n${random(200)}`
  const known = plain.get(id)
  const branch = `b${random(3)}`
  if (!known) {
    if (plain.size > 120) return
    const added = { ...leaf(0, branch), id }
    plain.set(id, { ...added })
    table.insert(added)
    return
  }
  const kind = random(plain.size > 60 ? 5 : 4)
  const entity = table.edit(id)
  if (!entity) throw new Error(`the table lacks ${id}`)
  if (kind === 0) {
    entity.size += 1
    plain.set(id, { ...known, size: known.size + 1 })
  } else if (kind === 1) {
    table.move(entity, () => {
      entity.branch = branch
    })
    plain.set(id, { ...known, branch })
  } else if (kind === 2 && !plain.has(`${id}x`)) {
    table.rename(id, `${id}x`)
    plain.delete(id)
    plain.set(`${id}x`, { ...known, id: `${id}x` })
  } else if (plain.size > 20) {
    const gone = plain.has(`${id}x`) && kind === 3 ? `${id}x` : id
    table.remove(gone)
    plain.delete(gone)
  }
}

function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor((state / 2147483648) * below)
  }
}
