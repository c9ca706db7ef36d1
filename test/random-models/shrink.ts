import type { Activity, Block, Body } from './block.ts'
import type { RandomCase } from './random-model.ts'

/** The smallest case found that still fails: tries what is left when a piece goes, and goes on from what fails. */
export async function shrink(one: RandomCase, fails: (candidate: RandomCase) => boolean | Promise<boolean>): Promise<RandomCase> {
  let smallest = one
  for (;;) {
    const next = await firstThat(candidates(smallest), fails)
    if (!next) return smallest
    smallest = next
  }
}

async function firstThat<T>(items: Iterable<T>, holds: (item: T) => boolean | Promise<boolean>): Promise<T | undefined> {
  for (const item of items) if (await holds(item)) return item
  return undefined
}

function* candidates({ body, draws }: RandomCase): Generator<RandomCase> {
  for (let length = draws.length >> 1; length >= 1; length >>= 1) {
    for (let at = 0; at + length <= draws.length; at += length) yield { body, draws: [...draws.slice(0, at), ...draws.slice(at + length)] }
  }
  for (const smaller of bodies(body)) yield { body: smaller, draws }
}

/** Each body with one piece less. */
function* bodies(body: Body): Generator<Body> {
  for (const block of blocks(body.block)) yield { ...body, block }
  if (body.end !== 'none') yield { ...body, end: 'none' }
  for (const each of without(body.eventSubprocesses)) yield { ...body, eventSubprocesses: each }
  for (const each of within(body.eventSubprocesses, (event) => map(blocks(event.body), (inner) => ({ ...event, body: inner }))))
    yield { ...body, eventSubprocesses: each }
}

/** Each block that is smaller by one piece: one of its parts in its place, or itself without something. */
function* blocks(block: Block): Generator<Block> {
  switch (block.kind) {
    case 'sequence':
      yield* block.blocks
      if (block.blocks.length > 1) for (const each of without(block.blocks)) yield { ...block, blocks: each }
      for (const each of within(block.blocks, blocks)) yield { ...block, blocks: each }
      return
    case 'exclusive':
    case 'inclusive':
    case 'parallel':
    case 'split':
      yield* block.branches
      if (block.branches.length > 2) for (const each of without(block.branches)) yield { ...block, branches: each }
      for (const each of within(block.branches, blocks)) yield { ...block, branches: each }
      return
    case 'event-based':
      for (const branch of block.branches) yield branch.after
      if (block.branches.length > 2) for (const each of without(block.branches)) yield { ...block, branches: each }
      return
    case 'loop':
      yield block.body
      yield* map(blocks(block.body), (body) => ({ ...block, body }))
      return
    case 'free':
      for (const [index, node] of block.nodes.entries())
        for (const to of without(node.to)) if (to.length > 0) yield { ...block, nodes: block.nodes.with(index, { ...node, to }) }
      return
    case 'subprocess':
    case 'transaction':
    case 'call':
      yield block.body.block
      yield* map(bodies(block.body), (body) => ({ ...block, body }))
      yield* map(activities(block), (activity) => ({ ...block, ...activity }))
      return
    case 'catch':
    case 'throw':
    case 'end':
    case 'link':
      yield { kind: 'pass', id: block.id, boundaries: [] }
      return
    default:
      if (block.kind !== 'pass') yield { kind: 'pass', id: block.id, boundaries: [] }
      yield* map(activities(block), (activity) => ({ ...block, ...activity }))
  }
}

function* activities(activity: Activity): Generator<Activity> {
  for (const key of ['multi', 'async', 'mapped', 'logged', 'handler'] as const)
    if (activity[key] !== undefined) yield { ...activity, [key]: undefined }
  for (const boundaries of without(activity.boundaries)) yield { ...activity, boundaries }
  const smaller = within(activity.boundaries, (boundary) =>
    boundary.after ? [{ ...boundary, after: null }, ...map(blocks(boundary.after), (after) => ({ ...boundary, after }))] : [],
  )
  for (const boundaries of smaller) yield { ...activity, boundaries }
}

function* without<T>(items: readonly T[]): Generator<readonly T[]> {
  for (const index of items.keys()) yield items.toSpliced(index, 1)
}

function* within<T>(items: readonly T[], smaller: (item: T) => Iterable<T>): Generator<readonly T[]> {
  for (const [index, item] of items.entries()) for (const each of smaller(item)) yield items.with(index, each)
}

function* map<A, B>(items: Iterable<A>, change: (item: A) => B): Generator<B> {
  for (const item of items) yield change(item)
}
