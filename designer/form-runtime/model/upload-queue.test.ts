import { describe, expect, it } from '@jest/globals'
import type { FormSchema } from '../../../contracts/form-definition.ts'
import type { FormSources, StoredFile } from '../sources.ts'
import { makeFormModel } from './form-model.ts'
import { makeUploadQueue } from './upload-queue.ts'

const schema: FormSchema = {
  type: 'object',
  properties: {
    photos: { type: 'array', title: '照片', 'x-id': 'photos', 'x-component': 'Photo' },
    hazards: {
      type: 'array',
      title: '隐患',
      'x-id': 'hazards',
      'x-component': 'Table',
      items: {
        type: 'object',
        'x-id': 'hazard',
        'x-component': 'Group',
        properties: { pics: { type: 'array', title: '照片', 'x-id': 'pics', 'x-component': 'Photo' } },
      },
    },
  },
}
const photo = new Blob(['photo'], { type: 'image/jpeg' })

function given() {
  const model = makeFormModel({
    schema,
    values: { hazards: [{ clientId: 'a' }, { clientId: 'b' }] },
    permissions: {},
    context: { now: '2023-12-18T08:30' },
    readOnly: false,
    withDefaults: false,
  })
  const sent: string[] = []
  let isThere = true
  const sources: FormSources = {
    now: () => 1,
    async upload(_file, { name, clientId }): Promise<StoredFile> {
      sent.push(clientId)
      if (!isThere) throw new Error('no network')
      return { id: `stored-${name}`, name, mime: 'image/jpeg', size: 5 }
    },
  }
  const queue = makeUploadQueue(model, () => sources)
  const settled = () => new Promise((done) => setImmediate(done))
  return { model, queue, sent, settled, network: (is: boolean) => (isThere = is) }
}
const names = (files: unknown) => (files as StoredFile[] | undefined)?.map((file) => file.name)

describe('upload queue', () => {
  it('keeps what failed, and sends it under the same id when the network is back', async () => {
    const { model, queue, sent, settled, network } = given()
    network(false)
    queue.add('photos', photo, '一.jpg', false)
    await settled()
    expect(queue.all()).toMatchObject([{ name: '一.jpg', state: 'failed' }])

    network(true)
    queue.retryAll()
    await settled()

    expect(queue.all()).toEqual([])
    expect(names(model.form.getValuesIn('photos'))).toEqual(['一.jpg'])
    expect(sent[1]).toBe(sent[0])
  })

  it('brings a photo to its row, wherever that stands by then', async () => {
    const { model, queue, settled } = given()
    queue.add('hazards.1.pics', photo, '二.jpg', true)
    model.form.setValuesIn('hazards', [{ clientId: 'b' }])
    await settled()

    expect(model.form.getValuesIn('hazards')).toMatchObject([{ clientId: 'b', pics: [{ name: '二.jpg', notOnSite: true }] }])
  })

  it('forgets a photo whose row is gone, and one that was taken back', async () => {
    const { model, queue, settled } = given()
    queue.add('hazards.0.pics', photo, '三.jpg', false)
    queue.add('photos', photo, '四.jpg', false)
    queue.drop(queue.all()[1]?.clientId ?? '')
    model.form.setValuesIn('hazards', [{ clientId: 'b' }])
    await settled()

    expect(queue.all()).toEqual([])
    expect(model.form.getValuesIn('photos')).toBeUndefined()
    expect(JSON.stringify(model.form.getValuesIn('hazards'))).not.toContain('三.jpg')
  })
})
