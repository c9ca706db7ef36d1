import { describe, expect, it } from '@jest/globals'
import { readModel, shippedProcedures } from './index.ts'

describe('readModel', () => {
  it.each(shippedProcedures().map((procedure) => [procedure.id, procedure.xml] as const))('reads %s without a problem', async (id, xml) => {
    const model = await readModel(xml)

    expect(model.processId).toBe(id)
    expect(model.problems).toEqual([])
    expect(model.userTasks.every((task) => task.setting !== null)).toBe(true)
  })

  it('finds the first node and the order of the main path', async () => {
    const model = await readModel(shippedProcedures().find((one) => one.id === 'hazard-self-check')?.xml ?? '')

    expect(model.firstNode).toBe('check')
    expect(model.userTasks.map((task) => task.id)).toEqual(
      ['check', 'grade', 'principal-sign'].sort(
        (a, b) => model.userTasks.findIndex((t) => t.id === a) - model.userTasks.findIndex((t) => t.id === b),
      ),
    )
    expect(model.userTasks[0]?.id).toBe('check')
  })

  it('names the element whose text cannot be read', async () => {
    const xml = (shippedProcedures().find((one) => one.id === 'campaign-entry')?.xml ?? '')
      .replace('"mode"', '"moed"')
      .replace('"kind": "initiator"', '"kind": "nobody"')

    expect((await readModel(xml)).problems).toEqual([{ elementId: 'enter', message: expect.stringContaining('bihuan:node') }])
  })
})
