import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { SparkEngine } from '../../../src/engine/spark/spark-engine.ts'
import { sql } from '../../../src/engine/sql.ts'
import { Random } from '../../../src/kernels/random.ts'
import { gramsOf } from '../../../src/reviews/cluster/grams.ts'
import { scoresOf } from '../../../src/reviews/cluster/score-reviews.ts'
import { tokensOf } from '../../../src/reviews/cluster/tokens.ts'
import { fitLinear } from '../../../src/reviews/sentiment/linear/fit-linear.ts'
import { LabelledGrams } from '../../../src/reviews/sentiment/linear/labelled-grams.ts'
import { LinearSentiment } from '../../../src/reviews/sentiment/linear/linear-sentiment.ts'
import { GramScanner, longestGram } from '../../../src/reviews/sentiment/linear/scan-grams.ts'
import { inventReviews } from '../../support/reviews.ts'
import { openSpark } from '../../support/spark.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const spark = inject('spark')
const { signal } = new AbortController()

const strange = [
  '',
  ' \n\t ',
  'a',
  'a b',
  "Don't   stop, it’s   GREEEEAT!!!! sooo good…… 10000000 1000",
  "''quoted'' 'tis the dogs' bone’’s",
  '<p>The <b class="x">plot</b> is&nbsp;won&amp;derful</p> 3 < 4 && 5 > 2 &#12345678; &#123456789; &x; <',
  `<a href="${'x'.repeat(250)}">far</a>`,
  '😀😀😀😀 great 👍🏽 👨‍👩‍👧 ★★★★★ (╯°□°）╯︵ ┻━┻',
  'Ｆｕｌｌ　ｗｉｄｔｈ １２３ ⓐⓐⓐⓐ ´´´´ ½ ² ™ № ℃ ﬁne Ⅷ',
  '這部電影真的非常好看！！！演員演技線上，劇情緊湊。',
  '这部电影 so so，但是音乐很棒 good music',
  'とても面白い映画でした。もう一度見たい',
  'Der Film war wirklich sehr schön und die Schauspieler haben mir ausgezeichnet gefallen',
  'Это очень хороший фильм, мне понравилось',
  'Ünïcödé ÇAFÉ naïve Straße ŁÓDŹ İstanbul é é',
  '𠮷野家 𝐁𝐨𝐥𝐝 text',
  '한국 영화 정말 재미있어요 최고예요',
  '×÷ × 2×4 ±5 µm ª º',
  'สวัสดีครับ หนังสนุกมาก',
  `${'The acting is wonderful. '.repeat(4000)}`,
  'ㄱㄴㄷ ㋐㋑ ｱｲｳ ㈱ ㊗ 〇 々 〆 ー',
  'null \\n \\u0041 $1 \\1 %s {x} [y] ^z| `q` "r" ?',
]

function* invented(): Generator<string> {
  yield* strange
  for (const { text } of inventReviews(150, 21)) yield text
  const random = new Random(4)
  const pool = [...strange.join(' ').slice(0, 1500), ..."  <>&;!!??'’aAeé好電"]
  for (let i = 0; i < 150; i++) {
    yield Array.from({ length: 1 + random.integer(60) }, () => pool[random.integer(pool.length)]).join('')
  }
}
const texts = [...invented()]

type Place = Readonly<Record<'one' | 'two' | 'three', number | null>>

let engine: SparkEngine
let model: LinearSentiment
const reviews = sql`texts`

describe.skipIf(!spark)('Spark', () => {
  beforeAll(async () => {
    engine = await openSpark(spark?.address ?? '')
    const rows = texts.map((text, i) => sql`(${sql.literal(i)}L, ${sql.literal(text)})`)
    await engine.createTable(
      'texts',
      sql`SELECT i AS review_index, i AS title_ref, i AS line, text FROM (VALUES ${sql.join(rows)}) v(i, text)`,
    )
    const gathered = new LabelledGrams()
    for (const { text, label } of inventReviews(600, 3)) gathered.add(text, label)
    for (const [i, text] of texts.entries())
      for (let twice = 0; twice < 2; twice++) gathered.add(text, i % 2 === 0 ? 1 : 0)
    const { parts } = (await fitLinear(gathered, 1, signal)).model as LinearSentiment
    // Of n-grams whose beginnings the model does not know, it must know nothing either.
    const some = <A extends Int32Array | Float32Array>(array: A) => array.filter((_, i) => i % 5 !== 0) as A
    const [keys, coefficients, weights] = [some(parts.keys), some(parts.coefficients), some(parts.weights)]
    model = new LinearSentiment({ ...parts, keys, coefficients, weights })
  })
  afterAll(() => engine?.close())

  it('finds the tokens and n-grams that are found here', async () => {
    const rows = await engine.query<{ review_index: number; grams: Place[]; hashes: number[] }>(
      sql`SELECT review_index, grams, hashes FROM (${gramsOf(tokensOf(reviews))}) g
        JOIN (SELECT review_index, transform(kept, token -> token.hash) AS hashes FROM (${tokensOf(reviews)}) t) h USING (review_index)`,
    )
    expect(rows).toHaveLength(texts.length)
    const scanner = new GramScanner()
    for (const { review_index, grams, hashes } of rows) {
      const text = texts[Number(review_index)] as string
      scanner.scan(text)
      const keys = scanner.keys.subarray(0, longestGram * scanner.count)
      const here = new Set(Array.from(keys, (key) => key >>> 0).filter((key) => key !== 0))
      const tokens = Array.from(scanner.tokens.hash.slice(0, scanner.count), (hash) => hash >>> 0)
      expect(hashes, text.slice(0, 80)).toEqual(tokens)
      const found = grams.flatMap(({ one, two, three }) => [one ?? [], two ?? [], three ?? []].flat())
      expect(new Set(found), text.slice(0, 80)).toEqual(here)
    }
  })

  it('scores as the model does', async () => {
    const { keys, coefficients, weights: lengths, intercept } = model.parts
    const path = join(await temporaryFolder(), 'weights.csv')
    await writeFile(path, Array.from(keys, (key, k) => `${key >>> 0},${coefficients[k]},${lengths[k]}\n`).join(''))
    const scan = { delimiter: ',', quote: '"', header: false, isLineByLine: true }
    const weights = engine.scanDelimited({ paths: [path], columns: ['gram', 'coefficient', 'weight'], ...scan })
    await engine.createTable(
      'weights',
      sql`SELECT CAST(gram AS BIGINT) AS gram, CAST(coefficient AS DOUBLE) AS coefficient, CAST(weight AS DOUBLE) AS weight FROM ${weights}`,
    )
    const rows = await engine.query<{
      review_index: number
      tokens: number
      language: string | null
      logit: number | null
    }>(sql`SELECT review_index, tokens, language, logit FROM (${scoresOf(reviews, sql`weights`, intercept)}) scores`)
    expect(rows).toHaveLength(texts.length)
    const here = await model.judge(texts, signal)
    let told = 0
    for (const { review_index, tokens, language, logit } of rows) {
      const judgement = here[Number(review_index)]
      const text = texts[Number(review_index)] as string
      if (language !== null) told += 1
      if (language !== null) expect(language, text).toBe(judgement?.language)
      if (judgement?.why === 'empty') expect(tokens).toBe(0)
      if (judgement?.why === 'nothing-known') expect(logit).toBe(null)
      if (judgement?.why === undefined)
        expect(Math.abs((logit ?? Number.NaN) - (judgement?.logit ?? 0)), text).toBeLessThan(1e-6)
    }
    expect(told).toBeGreaterThan(texts.length / 2)
  })
})
