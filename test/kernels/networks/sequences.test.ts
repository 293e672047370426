import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowOf } from '../../../src/kernels/matrices/sparse.ts'
import { layOut, occurrences } from '../../../src/kernels/networks/sequences.ts'
import { sequencesOf } from '../../support/texts.ts'

const words = 20
const texts = fc.array(fc.array(fc.integer({ min: 0, max: words - 1 }), { maxLength: 15 }), { maxLength: 60 })

test('each step has a row of its own, and rows that are no step part the sequences', () => {
  fc.assert(
    fc.property(texts, (own) => {
      const steps = layOut(sequencesOf(...own), words)
      expect([...steps.distinct]).toEqual([...new Set(own.flat())])
      const rows = own.flatMap((text) => [undefined, ...text])
      expect(steps.rows).toBe(rows.length + 1)
      for (const [row, word] of rows.entries()) {
        if (word !== undefined) expect(steps.distinct[steps.word[row] as number]).toBe(word)
      }
      const places = occurrences(steps)
      expect(places.rows).toBe(steps.distinct.length)
      expect(places.columns).toBe(steps.rows)
      for (const [place, word] of steps.distinct.entries()) {
        const expected = rows.flatMap((other, row) => (other === word ? [row] : []))
        expect([...rowOf(places, place).index]).toEqual(expected)
      }
      expect(places.value.every((value) => value === 1)).toBe(true)
    }),
  )
})

test('slices share all sequences that have a step, the longest first', () => {
  fc.assert(
    fc.property(texts, (own) => {
      const { order, slices } = layOut(sequencesOf(...own), words)
      expect([...order].sort((a, b) => a - b)).toEqual([...own.keys()].filter((i) => own[i]?.length))
      const lengths = [...order].map((i) => own[i]?.length as number)
      expect(lengths).toEqual(lengths.toSorted((a, b) => b - a))
      expect(slices.flatMap(([from, to]) => [...order.subarray(from, to)])).toEqual([...order])
    }),
  )
})

test('slices of sequences of one length are of one size, and those of unlike lengths have about as many steps', () => {
  const alike = Array.from({ length: 60 }, () => [1, 2, 3])
  expect(layOut(sequencesOf(...alike), words).slices).toEqual([12, 24, 36, 48, 60].map((end) => [end - 12, end]))
  const unlike = Array.from({ length: 64 }, (_, i) => Array.from({ length: 1 + i }, () => 0))
  const { order, slices } = layOut(sequencesOf(...unlike), words)
  const sizes = slices.map(([from, to]) => order.subarray(from, to).reduce((sum, i) => sum + i + 1, 0))
  expect(slices.length).toBe(6)
  for (const size of sizes) expect(Math.abs(size - (64 * 65) / 2 / 6)).toBeLessThan(64)
})
