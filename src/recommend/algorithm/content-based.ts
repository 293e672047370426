import { z } from 'zod'
import { ModelError } from '../../errors.ts'
import { rowOf, type SparseMatrix, sparseMatrix, transpose } from '../../kernels/matrices/sparse.ts'
import { topK } from '../../kernels/ranking/top-k.ts'
import { termsOf } from '../../language/terms.ts'
import { aboutOf, arrayOf, type SavedModel } from '../../models/saved-model.ts'
import { about } from '../../question.ts'
import { algorithm, type History, type Recommender, type ScoredTitle, type TitleFacts } from '../recommender.ts'

const fields = ['title', 'synopsis', 'genre', 'director', 'actor', 'country', 'language', 'tag'] as const
type Field = (typeof fields)[number]

const weight = (value: number, en: string, zh: string) => z.number().min(0).default(value).meta(about(en, zh))

const settings = z.object({
  title: weight(0.5, 'Weight of words of the title', '片名词语的权重'),
  synopsis: weight(1, 'Weight of words of the synopsis', '简介词语的权重'),
  genre: weight(1, 'Weight of genres', '类型的权重'),
  director: weight(1, 'Weight of directors', '导演的权重'),
  actor: weight(1, 'Weight of actors', '演员的权重'),
  country: weight(0.3, 'Weight of countries', '国家或地区的权重'),
  language: weight(0.3, 'Weight of languages', '语言的权重'),
  tag: weight(1, 'Weight of further tags', '其他标签的权重'),
})

type Settings = z.output<typeof settings>

/** A keyword: what it is told by, and in which form it is shown. */
interface Keyword {
  readonly field: Field
  readonly form: string
}

/** A keyword of fewer titles brings no two together. */
const fewestTitles = 2
/** What facts about a title take at most, in bytes, as matrices. */
const bytesPerTitle = 8192

function* keywordsOf(facts: TitleFacts): Generator<{ field: Field; key: string; form: string }> {
  for (const term of termsOf(facts.name)) yield { field: 'title', ...term }
  for (const term of termsOf(facts.synopsis ?? '')) yield { field: 'synopsis', ...term }
  const whole = function* (field: Field, values: readonly string[]) {
    for (const form of values) yield { field, key: form.normalize('NFKC').toLowerCase(), form }
  }
  yield* whole('genre', facts.genres)
  yield* whole('director', facts.directors)
  yield* whole('actor', facts.actors)
  yield* whole('country', facts.countries)
  yield* whole('language', facts.languages)
  yield* whole('tag', facts.tags)
}

/** How often each title (row) has each keyword (column). */
function countKeywords(facts: readonly TitleFacts[]): { counts: SparseMatrix; keywords: Keyword[] } {
  const numbers = new Map<string, number>()
  const keywords: Keyword[] = []
  const counted = facts.map((of) => {
    const counts = new Map<number, number>()
    for (const { field, key, form } of keywordsOf(of)) {
      const name = `${field} ${key}`
      const number = numbers.get(name) ?? keywords.push({ field, form }) - 1
      numbers.set(name, number)
      counts.set(number, (counts.get(number) ?? 0) + 1)
    }
    return counts
  })
  const row = counted.flatMap((counts, title) => Array.from(counts.keys(), () => title))
  return {
    keywords,
    counts: sparseMatrix(facts.length, keywords.length, {
      row: Uint32Array.from(row),
      column: Uint32Array.from(counted.flatMap((counts) => [...counts.keys()])),
      value: Float32Array.from(counted.flatMap((counts) => [...counts.values()])),
    }),
  }
}

/**
 * (1 + ln count) * ln((1 + N) / (1 + n)) for a keyword that n of N titles have, the rows scaled to length 1.
 * @see Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, section 6.4
 */
function tfIdf(counts: SparseMatrix): SparseMatrix {
  const { start } = transpose(counts)
  const value = Float32Array.from(counts.value, (count, entry) => {
    const keyword = counts.index[entry] as number
    const titles = (start[keyword + 1] as number) - (start[keyword] as number)
    if (titles < fewestTitles) return 0
    return (1 + Math.log(count)) * Math.log((1 + counts.rows) / (1 + titles))
  })
  for (let title = 0; title < counts.rows; title++) {
    const own = value.subarray(counts.start[title], counts.start[title + 1])
    const length = Math.sqrt(own.reduce((sum, one) => sum + one ** 2, 0))
    if (length > 0) for (let e = 0; e < own.length; e++) own[e] = (own[e] as number) / length
  }
  return { ...counts, value }
}

/**
 * Scores are r(u, i) = sum_k w_k x_uk y_ik: y_i the TF-IDF of the keywords of title i, x_u the sum of those of the titles watched by weight,
 * both of length 1, and w_k the weight of the keyword's field.
 */
class ContentBased implements Recommender {
  readonly algorithm = 'content-based'
  readonly titles: number
  private readonly settings: Settings
  private readonly keywords: readonly Keyword[]
  private readonly byTitle: SparseMatrix
  private readonly byKeyword: SparseMatrix

  constructor(chosen: Settings, keywords: readonly Keyword[], byTitle: SparseMatrix) {
    this.titles = byTitle.rows
    this.settings = chosen
    this.keywords = keywords
    this.byTitle = byTitle
    this.byKeyword = transpose(byTitle)
  }

  /** w_k x_uk of every keyword that a title watched has. */
  private profile({ index, value }: History): Map<number, number> {
    const sums = new Map<number, number>()
    for (let e = 0; e < index.length; e++) {
      const own = rowOf(this.byTitle, index[e] as number)
      for (let k = 0; k < own.index.length; k++) {
        const keyword = own.index[k] as number
        sums.set(keyword, (sums.get(keyword) ?? 0) + (value[e] as number) * (own.value[k] as number))
      }
    }
    let squares = 0
    for (const sum of sums.values()) squares += sum ** 2
    const length = Math.sqrt(squares) || 1
    for (const [keyword, sum] of sums) {
      sums.set(keyword, (this.settings[(this.keywords[keyword] as Keyword).field] * sum) / length)
    }
    return sums
  }

  score(history: History, scores: Float64Array): void {
    scores.fill(0)
    for (const [keyword, amount] of this.profile(history)) {
      const { index, value } = rowOf(this.byKeyword, keyword)
      for (let e = 0; e < index.length; e++) {
        const title = index[e] as number
        scores[title] = (scores[title] as number) + amount * (value[e] as number)
      }
    }
  }

  explain(history: History, title: number) {
    const profile = this.profile(history)
    const { index, value } = rowOf(this.byTitle, title)
    return Array.from(index, (keyword, k) => {
      const { form, field } = this.keywords[keyword] as Keyword
      return {
        of: { kind: 'term' as const, term: form, field },
        amount: (profile.get(keyword) ?? 0) * (value[k] as number),
      }
    }).filter(({ amount }) => amount !== 0)
  }

  similar(title: number, count: number): ScoredTitle[] {
    const scores = new Float64Array(this.titles)
    this.score({ index: Uint32Array.of(title), value: Float32Array.of(1) }, scores)
    scores[title] = 0
    return Array.from(topK(scores, count), (other) => ({ title: other, score: scores[other] as number })).filter(
      ({ score }) => score > 0,
    )
  }

  save(): SavedModel {
    const { start, index, value } = this.byTitle
    return {
      algorithm: this.algorithm,
      about: { settings: this.settings, keywords: this.keywords },
      arrays: { start, index, value },
    }
  }
}

const savedAbout = z.object({
  settings,
  keywords: z.array(z.object({ field: z.enum(fields), form: z.string() })),
})

/** Titles told by the same keywords as those watched; also those that nobody has watched yet. */
export const contentBased = algorithm({
  name: 'content-based',
  summary: {
    en: 'Titles that share keywords, people and genres with those that the viewer watched (content-based)',
    zh: '与该观众看过的影片有相同关键词、人物与类型的影片（基于内容）',
  },
  settings,
  candidates(round, best) {
    const base = best ?? settings.parse({})
    if (round === 0) return [base]
    if (round > 2) return []
    return fields.flatMap((field) => [0, 3].map((by) => ({ ...base, [field]: by * (base[field] || 0.3) })))
  },
  memoryBytes: ({ titles }) => titles * bytesPerTitle,
  fitting: () => undefined,
  async train({ interactions, facts }, chosen) {
    if (facts?.length !== interactions.columns) {
      throw new ModelError(
        {
          en: 'content-based learns from facts about titles, of which there are none.',
          zh: 'content-based 依据影片资料学习，但没有影片资料。',
        },
        {
          code: 'title-facts-missing',
          advice: {
            en: 'Add a catalogue of the titles, or choose item-based.',
            zh: '请添加影片目录，或改用 item-based。',
          },
        },
      )
    }
    const { counts, keywords } = countKeywords(facts)
    return new ContentBased(chosen, keywords, tfIdf(counts))
  },
  load(saved) {
    const { settings: chosen, keywords } = aboutOf(saved, (told) => savedAbout.parse(told))
    const start = arrayOf(saved, 'start', 'Uint32Array')
    const index = arrayOf(saved, 'index', 'Uint32Array')
    const value = arrayOf(saved, 'value', 'Float32Array', index.length)
    const byTitle = { rows: start.length - 1, columns: keywords.length, start, index, value }
    return new ContentBased(chosen, keywords, byTitle)
  },
})
