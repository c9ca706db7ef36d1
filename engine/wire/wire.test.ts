import { describe, expect, it } from '@jest/globals'
import { fromWireDate, toWireDate } from './date-time.ts'
import { toJsonText } from './json-text.ts'
import { fromTypedValue, toTypedValue } from './typed-value.ts'

describe('date and time on the wire', () => {
  it('is written as Camunda writes it', () => {
    expect(toWireDate(0)).toBe('1970-01-01T00:00:00.000+0000')
  })

  it('is read with its offset', () => {
    expect(fromWireDate('2023-12-18T08:30:00.000+0800')).toBe(Date.UTC(2023, 11, 18, 0, 30))
  })

  it.each(['2023-12-18T08:30:00.000Z', '2023-12-18', 'tomorrow', '2023-13-40T08:30:00.000+0000'])('is refused when it reads %s', (text) => {
    expect(fromWireDate(text)).toBeUndefined()
  })
})

describe('JSON text', () => {
  it('prints a Long digit by digit', () => {
    expect(toJsonText({ a: [9007199254740993n], b: undefined, c: 'x' })).toBe('{"a":[9007199254740993],"c":"x"}')
  })

  it('is plain JSON when there is no Long', () => {
    expect(toJsonText({ a: 1, b: null })).toBe('{"a":1,"b":null}')
  })
})

describe('typed value', () => {
  it.each([
    [
      { type: 'integer', value: 7 },
      { t: 'Integer', v: 7 },
    ],
    [{ value: 7 }, { t: 'Integer', v: 7 }],
    [{ value: 2 ** 40 }, { t: 'Long', v: 2n ** 40n }],
    [
      { type: 'Long', value: '9007199254740993' },
      { t: 'Long', v: 9007199254740993n },
    ],
    [
      { type: 'Double', value: 1 },
      { t: 'Double', v: 1 },
    ],
    [
      { type: 'String', value: null },
      { t: 'Null', v: null, of: 'String' },
    ],
    [
      { type: 'json', value: '{"a":1}' },
      { t: 'Json', v: '{"a":1}' },
    ],
    [{ value: { a: 1 } }, { t: 'Json', v: '{"a":1}' }],
    [
      { type: 'Date', value: '1970-01-01T00:00:00.000+0000' },
      { t: 'Date', v: 0 },
    ],
  ])('reads %j', (typed, value) => {
    expect(fromTypedValue(typed)).toEqual(value)
  })

  it.each([
    { type: 'Integer', value: 1.5 },
    { type: 'Integer', value: 2 ** 31 },
    { type: 'Long', value: 'x' },
    { type: 'Boolean', value: 'yes' },
    { type: 'Date', value: 'x' },
    { type: 'Wrong', value: 1 },
  ])('refuses %j', (typed) => {
    expect(fromTypedValue(typed)).toHaveProperty('problem')
  })

  it('keeps the content of a file off the wire', () => {
    expect(toTypedValue({ t: 'File', v: 'aGk=', info: { filename: 'a.txt' } })).toEqual({
      type: 'File',
      value: null,
      valueInfo: { filename: 'a.txt' },
    })
  })
})

describe('a Double that is no finite number', () => {
  it.each([
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Number.NaN, 'NaN'],
  ])('is written by its name: %s', (v, name) => {
    expect(toTypedValue({ t: 'Double', v })).toEqual({ type: 'Double', value: name, valueInfo: {} })
  })
})
