import { expect, test } from 'vitest'
import { type LearnedText, learnTaxonomy } from '../../../src/reviews/aspects/learn-taxonomy.ts'

const options = { most: 5, leastZ: 2 }
const texts: LearnedText[] = Array.from({ length: 40 }, (_, i) => [
  { text: `The waiter came late on day ${i}.`, opinions: [{ aspect: 'service', opinion: -1 }] },
  { text: `The waiter smiled on day ${i}.`, opinions: [{ aspect: 'service', opinion: 1 }] },
  { text: `A delicious soup on day ${i}.`, opinions: [{ aspect: 'food', opinion: 1 }] },
  { text: `We walked there on day ${i}.`, opinions: [] },
]).flat()

test('words of an aspect are learned with what they are and how often they were seen', () => {
  const { aspects, evidence } = learnTaxonomy(texts, { aspects: [], whole: 'overall' }, options)
  expect(aspects).toEqual([
    {
      id: 'food',
      name: { en: 'food', zh: 'food' },
      terms: ['soup'],
      good: [],
      bad: [],
      praise: ['delicious'],
      complaints: [],
    },
    {
      ...{ id: 'service', name: { en: 'service', zh: 'service' }, terms: expect.arrayContaining(['waiter']) },
      ...{ good: [], bad: [], praise: [], complaints: [] },
    },
  ])
  expect(evidence.find(({ word }) => word === 'waiter')).toMatchObject({ becomes: 'terms', texts: 80, others: 0 })
  for (const { z } of evidence) expect(z).toBeGreaterThanOrEqual(options.leastZ)
})

test('what is known is not learned again', () => {
  const known = { aspects: [{ id: 'service', name: { en: '', zh: '' }, terms: ['waiters'] }], whole: 'overall' }
  const { evidence } = learnTaxonomy(texts, known, options)
  expect(evidence.map(({ word }) => word)).not.toContain('waiter')
})

test('texts without words teach nothing', () => {
  expect(learnTaxonomy([{ text: '', opinions: [] }], { aspects: [], whole: 'overall' }, options).evidence).toEqual([])
})
