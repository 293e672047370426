import { expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { compareReviews, shiftNotes } from '../../../src/reviews/sentiment/domain-shift.ts'

const random = new Random(2)
const reviews = (mean: number, favourable = 0.5, calibrationError = 0.02) => ({
  known: Float32Array.from({ length: 500 }, () => mean + 0.1 * random.normal()).sort(),
  favourable,
  calibrationError,
})
const before = reviews(0.7)

test('reviews of one kind need no note', () => {
  expect(shiftNotes(compareReviews(reviews(0.7), before))).toEqual([])
})

test.each([
  [reviews(0.5), /of another kind.* (49|50|51) % is known, (69|70|71) %/],
  [reviews(0.7, 0.85), /^85 % are favourable, 50 %/],
  [reviews(0.7, 0.5, 0.12), /off by 0.12 .* by 0.02/],
])('what differs is said, and only that %#', (other, said) => {
  const notes = shiftNotes(compareReviews(other, before))
  expect(notes).toHaveLength(1)
  expect(notes[0]?.en).toMatch(said)
})

test('a few reviews prove nothing', () => {
  const few = { ...before, known: Float32Array.of(0.4, 0.6) }
  expect(shiftNotes(compareReviews(few, before))).toEqual([])
})
