import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { inventReviews } from '../../support/reviews.ts'
import { makeTwins, type Twins } from '../../support/twins.ts'

const spark = inject('spark')

interface Judged {
  readonly file: string
  readonly line: number
  readonly probability: number | null
}

const strange = [
  'Der Film war wirklich sehr schön und die Schauspieler haben mir ausgezeichnet gefallen',
  'Очень хороший фильм, всем советую посмотреть',
  'とても面白い映画でした',
  'zzyzx',
  '😀',
  '<p>The plot</p> is &amp; wonderful',
]
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const csv = (count: number, seed: number) => {
  const rows = inventReviews(count, seed).map(({ text, label }) => `Night,${label === 1 ? 5 : 1},${quoted(text)}\n`)
  return `film,stars,text\n${[...rows, ...strange.map((text) => `Dawn,,${quoted(text)}\n`)].join('')}`
}
const columns = { title: { from: 'film' }, rating: { from: 'stars' }, text: { from: 'text' } }

let twins: Twins
const judged = async (of: Twins['embedded']) =>
  (
    await of.ask<{ rows: Judged[] }>(
      'query',
      'SELECT s.file, s.line, t.name, s.language, s.probability, s.verdict, s.why FROM review_sentiment s JOIN title t USING (title_id) ORDER BY s.file, s.line',
      ...['--limit', '10000'],
    )
  ).rows

describe.skipIf(!spark)('a build on Spark', () => {
  beforeAll(async () => {
    twins = await makeTwins(spark?.address ?? '', async ({ write }) => {
      await write('reviews_1.csv', csv(800, 5))
      return { sources: [{ name: 'site', kind: 'review', files: ['reviews*.csv'], columns }] }
    })
  })
  afterAll(() => twins?.remove())

  it('learns and judges as the embedded engine does, new reviews only', { timeout: 600_000 }, async () => {
    const { embedded, distributed } = twins
    // The strange ones of the second file are copies of those of the first.
    for (const count of [806, 906]) {
      const [here, there] = [await embedded.ask('build'), await distributed.ask('build')]
      expect(there.notes).toEqual(here.notes)
      const rows = await judged(embedded)
      expect(rows).toHaveLength(count)
      expect(await judged(distributed)).toEqual(rows)
      for (const { write } of [embedded, distributed]) await write('reviews_2.csv', csv(100, 6))
    }
  })

  it('judges by a model that is no sum over words in threads of this machine', { timeout: 600_000 }, async () => {
    const { embedded, distributed } = twins
    const model = join(embedded.folder, 'own.model')
    const small = ['--model', 'lstm', '--embedding', '8', '--width', '8', '--epochs', '1']
    const file = join(embedded.folder, 'reviews_1.csv')
    await embedded.ask('sentiment', 'train', file, '--text', 'text', '--label', 'stars', '--out', model, ...small)
    await cp(model, join(distributed.folder, 'own.model'))
    for (const { folder, write, ask } of [embedded, distributed]) {
      const settings = parse(await readFile(join(folder, 'marquee.yaml'), 'utf8'))
      await write('marquee.yaml', stringify({ ...settings, reviews: { sentiment: 'own.model' } }))
      await ask('build')
    }
    const [here, there] = [await judged(embedded), await judged(distributed)]
    expect(there).toHaveLength(906)
    for (const [i, row] of there.entries()) {
      const { probability, ...told } = here[i] as Judged
      expect(row).toMatchObject(told)
      expect(row.probability ?? -1).toBeCloseTo(probability ?? -1, 5)
    }
  })
})
