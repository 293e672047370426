import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { projectSettings } from '../../../src/project/settings.ts'
import { aspects } from '../../../src/reviews/aspects/index.ts'
import { type AspectWords, judgeAspects } from '../../../src/reviews/aspects/judge-aspects.ts'
import { namesOfCredits } from '../../../src/reviews/aspects/names.ts'
import { projectTaxonomy } from '../../../src/reviews/aspects/project-aspects.ts'
import type { Taxonomy } from '../../../src/reviews/aspects/taxonomy.ts'
import { derivedColumns } from '../../../src/warehouse/schema.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { contextOf, openWarehouse, type TableRows } from '../../support/warehouse.ts'

const reviewsOf = (title_id: number, texts: readonly string[]) =>
  texts.map((text, line) => ({ title_id, text, source: 'club', file: 'reviews.csv', line: 1000 * title_id + line }))

/** `count` different reviews that say `text`. */
const repeated = (count: number, text: string, first = 0) =>
  Array.from({ length: count }, (_, i) => `${text} Seen on day ${first + i}.`)

/** What a build publishes of the reviews. */
async function aspectsOf({ review: reviews = [], credit = [] }: Given, taxonomy: Taxonomy) {
  const words = join(await temporaryFolder(), 'words.json')
  await writeFile(
    words,
    JSON.stringify({ taxonomy, names: [namesOfCredits(credit)], works: { '1': 0 } } satisfies AspectWords),
  )
  const judge = await judgeAspects(words, undefined)
  const found = await judge(reviews.map(({ text, title_id }) => ({ text, titleRef: String(title_id) })))
  return reviews.flatMap(({ text, ...place }, index) =>
    (found[index] ?? []).map((row) => ({
      ...place,
      ...Object.fromEntries(
        derivedColumns.review_aspect.map(({ name }, i) => [name, row[i] as string | number | null]),
      ),
    })),
  )
}

interface Given extends TableRows {
  readonly review?: ReturnType<typeof reviewsOf>
  /** Of the title 1. */
  readonly credit?: readonly { title_id: number; person: string; role: string; character: string | null }[]
}

async function ask(rows: Given, parameters: object, settings: z.input<typeof projectSettings> = {}) {
  const taxonomy = await projectTaxonomy('/project', projectSettings.parse(settings).reviews)
  const warehouse = await openWarehouse({ ...rows, review_aspect: await aspectsOf(rows, taxonomy) })
  try {
    return await aspects.ask(contextOf(warehouse, settings), aspects.parameters.parse(parameters))
  } finally {
    warehouse.engine.close()
  }
}

const film = (title_id: number, name: string, year = 2020) => ({ title_id, name, title_type: 'film', year })
const others = [2, 3, 4, 5]
const films: Given = {
  title: [film(1, 'Dusk'), ...others.map((id) => film(id, `Film ${id}`)), film(6, 'Old', 1950)],
  title_genre: [1, ...others, 6].map((title_id) => ({ title_id, genre: 'drama' })),
  credit: [
    { title_id: 1, person: 'Ada Quill', role: 'actor', character: 'Captain Rook' },
    { title_id: 1, person: 'Bo Lund', role: 'director', character: null },
  ],
  review: [
    ...reviewsOf(1, [
      ...repeated(30, 'The acting is superb.'),
      ...repeated(30, 'The ending is terrible.', 30),
      ...repeated(25, 'The music is lovely.', 60),
      ...repeated(25, 'The music is dull.', 85),
      ...repeated(4, 'The editing is sloppy.', 110),
      ...repeated(6, "Quill's performance is wonderful.", 114),
      ...repeated(3, 'The acting is superb.'),
      '',
    ]),
    ...others.flatMap((id) =>
      reviewsOf(id, [
        ...repeated(20, 'The acting is superb.'),
        ...repeated(20, 'The acting is wooden.', 20),
        ...repeated(25, 'The ending is perfect.', 40),
        ...repeated(15, 'The ending is terrible.', 65),
        ...repeated(20, 'The music is lovely.', 80),
        ...repeated(20, 'The music is dull.', 100),
      ]),
    ),
    ...reviewsOf(6, repeated(30, 'The ending is terrible.')),
  ],
}

test('strengths and weaknesses stand out against titles of the genre and period', async () => {
  const { rows, reviews, comparedTitles, notes } = await ask(films, { title: 'Dusk' })
  expect({ reviews, comparedTitles }).toEqual({ reviews: 120, comparedTitles: 4 })
  expect(Object.fromEntries(rows.map(({ id, standing }) => [id, standing]))).toEqual({
    music: 'usual',
    acting: 'strength',
    ending: 'weakness',
    editing: 'too-few',
  })
  const ending = rows.find(({ id }) => id === 'ending')
  expect(ending?.usual).toBeCloseTo(26 / 42, 2)
  expect(ending?.favourable).toBeLessThan(ending?.usual ?? 0)
  expect(ending?.quotes.map(({ text }) => text)).toEqual(['The ending is terrible.'])
  expect(rows.find(({ id }) => id === 'editing')).toMatchObject({ favourable: null, judged: 4 })
  expect(notes.map(({ en }) => en)).toEqual([
    'Compared with 4 titles of drama, 2015 to 2025, those with most reviews.',
    '3 reviews with the text of another left out.',
    'Nothing is said of aspects that fewer than 20 reviews judge.',
  ])
})

test('people are judged by what is said of them', async () => {
  const { people } = await ask(films, { title: 'Dusk', least: 5 })
  expect(people).toMatchObject([{ name: 'Ada Quill', aspect: 'Acting', mentions: 6 }])
  expect(people[0]?.favourable).toBeGreaterThan(0.8)
})

test('an episode is compared with the others of its season', async () => {
  const episodes = [1, 2, 3, 4, 5]
  const { rows, comparedTitles } = await ask(
    {
      title: [
        { title_id: 9, name: 'Saga', title_type: 'series' },
        ...episodes.map((episode) => ({
          ...{ title_id: 10 + episode, name: `Part ${episode}`, title_type: 'episode' },
          ...{ series_id: 9, parent_id: 9, season: 1, episode },
        })),
      ],
      review: episodes.flatMap((episode) =>
        reviewsOf(10 + episode, repeated(30, episode === 3 ? 'The pacing is awful.' : 'The pacing is superb.')),
      ),
    },
    { title: 'Saga', season: 1, episode: 3 },
  )
  expect(comparedTitles).toBe(4)
  expect(rows).toMatchObject([{ id: 'pace', standing: 'weakness', judged: 30 }])
})

test('aspects of the project count beside those of film and television', async () => {
  const settings = { reviews: { aspects: [{ name: 'hats', terms: ['hat'], bad: ['floppy'] }] } }
  const { rows } = await ask(
    { title: [film(1, 'Dusk')], review: reviewsOf(1, repeated(25, 'The hats are floppy.')) },
    { title: 'Dusk' },
    settings,
  )
  expect(rows).toMatchObject([{ id: 'hats', aspect: 'hats', standing: 'not-compared', judged: 25 }])
  expect(rows[0]?.favourable).toBeLessThan(0.1)
})

test('a title without reviews has none', async () => {
  const { rows, notes } = await ask({ title: [film(1, 'Dusk')] }, { title: 'Dusk' })
  expect(rows).toEqual([])
  expect(notes).toEqual([{ en: 'There are no reviews with text.', zh: '没有带文字的评论。' }])
})

test('there has to be such an episode', async () => {
  const asked = ask({ title: [film(1, 'Dusk')] }, { title: 'Dusk', season: 1, episode: 2 })
  await expect(asked).rejects.toMatchObject({ code: 'unknown-episode' })
})

test('a version without the table says so', async () => {
  const { engine, ...rest } = await openWarehouse({
    title: [film(1, 'Dusk')],
    review: reviewsOf(1, ['Superb acting.']),
  })
  const context = contextOf({ engine, ...rest })
  const { notes } = await aspects.ask(context, aspects.parameters.parse({ title: 'Dusk' }))
  engine.close()
  expect(notes[0]?.en).toContain('marquee build')
})
