import { describe, expect, test } from 'vitest'
import { measureExposure } from '../../../src/recommend/evaluation/exposure.ts'
import { trainingSet } from '../../contracts/recommender.ts'

const told = (
  year: number | null,
  genres: string[] = [],
  countries: string[] = [],
  releaseDate: string | null = null,
) => ({
  ...{ year, genres, countries, releaseDate },
})

// The newest title that anybody watched is title 1, of 2024; title 5 is newer and unwatched.
const titles = [
  told(2003, ['Drama', 'Crime'], ['China']),
  told(2020, ['Drama'], ['China'], '2024-05-01'),
  told(2022, ['Comedy'], ['France']),
  told(2004, ['Comedy'], ['China', 'France']),
  told(null),
  told(2030, ['Comedy'], ['China']),
]
const learned = trainingSet(6, [[0, 1], [2]]).interactions
const foldIn = trainingSet(6, [
  [0, 1],
  [1, 4],
]).interactions
const shown = [Uint32Array.of(2, 3), Uint32Array.of(0, 2, 5, 4)]

const rows = measureExposure(shown, foldIn, learned, titles)
const of = (attribute: string) => rows.filter((row) => row.attribute === attribute)
const row = (attribute: string, value: string | null) => of(attribute).find((one) => one.value === value)

describe('exposure', () => {
  test('counts a title of several genres or countries in equal parts for each', () => {
    // Places: comedy of 2, 3, 2, 5; half of title 0 for drama and for crime; nothing told of title 4.
    expect(row('genre', 'Comedy')?.listed).toBeCloseTo(4 / 6, 12)
    expect(row('genre', 'Drama')?.listed).toBeCloseTo(0.5 / 6, 12)
    expect(row('genre', null)?.listed).toBeCloseTo(1 / 6, 12)
    expect(row('genre', 'Drama')?.watched).toBeCloseTo(2.5 / 4, 12)
    expect(row('genre', 'Drama')?.catalogue).toBeCloseTo(1.5 / 6, 12)
    expect(row('country', 'France')?.listed).toBeCloseTo(2.5 / 6, 12)
    expect(row('country', 'France')?.catalogue).toBeCloseTo(1.5 / 6, 12)
  })

  test('compares with what the same viewers watched, where they watched any of it', () => {
    expect(row('genre', 'Drama')?.ratio).toBeCloseTo(0.5 / 6 / (2.5 / 4), 12)
    expect(row('genre', 'Comedy')?.ratio).toBeNull()
  })

  test('counts age from the newest title that anybody watched, by its release date before its year', () => {
    expect(of('age').map(({ value }) => value)).toEqual(['0', '1-2', '11-20', '21+', null])
    expect(row('age', '0')).toMatchObject({ watched: 2 / 4, listed: expect.closeTo(1 / 6, 12), catalogue: 2 / 6 })
    expect(row('age', '1-2')?.listed).toBeCloseTo(2 / 6, 12)
  })

  test('sums to one over the values of each attribute', () => {
    for (const attribute of ['age', 'genre', 'country'])
      for (const column of ['listed', 'watched', 'catalogue'] as const)
        expect(of(attribute).reduce((sum, one) => sum + one[column], 0)).toBeCloseTo(1, 12)
  })

  test('names what is listed most first', () => {
    const listed = of('genre').map((one) => one.listed)
    expect(listed).toEqual([...listed].sort((a, b) => b - a))
  })

  test('knows no age where no title watched has a year', () => {
    const ages = measureExposure(shown, foldIn, trainingSet(6, [[4]]).interactions, titles).filter(
      ({ attribute }) => attribute === 'age',
    )
    expect(ages.map(({ value }) => value)).toEqual([null])
  })
})
