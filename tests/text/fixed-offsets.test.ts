import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill/full'
import { expect, test } from 'vitest'
import { instantOf, isWritable } from '../../src/text/dates.ts'

const two = (max: number) => fc.integer({ min: 0, max }).map(value => String(value).padStart(2, '0'))
const locals = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), two(13), two(32), two(25), two(61), two(61))
  .map(
    ([year, month, day, hour, minute, second]) =>
      `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}`,
  )
const zones = fc.oneof(
  fc.constantFrom('UTC', '+00:00', '-00:00'),
  fc
    .tuple(fc.constantFrom('+', '-'), two(25), two(61))
    .map(([sign, hour, minute]) => `${sign}${hour}:${minute}`),
)

test('a time at an offset is the instant that Temporal says, or none where RFC 3339 has no year for it', () => {
  fc.assert(
    fc.property(locals, zones, (local, zone) => {
      expect(epochOf(() => instantOf(local, zone).epoch)).toBe(
        writable(epochOf(() => Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds)),
      )
    }),
    { numRuns: 3_000 },
  )
})

const writable = (epoch: number | null) => (epoch !== null && isWritable(epoch) ? epoch : null)

function epochOf(read: () => number): number | null {
  try {
    return read()
  } catch {
    return null
  }
}

test.each([
  ['2016-10-01T04:47:00', '+03:30', '2016-10-01T04:47:00+03:30'],
  ['2016-10-01T04:47:00', 'UTC', '2016-10-01T04:47:00Z'],
  ['2016-10-01T04:47:00', '-00:00', '2016-10-01T04:47:00Z'],
  ['2016-10-01T04:47:00.5', '+01:00', '2016-10-01T04:47:00.500+01:00'],
])('%s at %s is %s', (local, zone, rfc3339) => expect(instantOf(local, zone).rfc3339).toBe(rfc3339))
