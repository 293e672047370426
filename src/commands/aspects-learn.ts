import { resolve } from 'node:path'
import { stringify } from 'yaml'
import { z } from 'zod'
import { about, note, question } from '../question.ts'
import { replaceFile, requireReplaceable } from '../replace-file.ts'
import { type Opinion, OpinionFinder } from '../reviews/aspects/find-opinions.ts'
import { type LearnedText, learnTaxonomy } from '../reviews/aspects/learn-taxonomy.ts'
import { compileLexicon } from '../reviews/aspects/lexicon.ts'
import { chooseTaxonomy } from '../reviews/aspects/read-taxonomy.ts'
import type { Taxonomy } from '../reviews/aspects/taxonomy.ts'
import { readLabelled } from './read-labelled.ts'
import { readReviews } from './read-reviews.ts'
import { fileParameter, textColumn } from './sentiment-parameters.ts'

const kinds = ['terms', 'good', 'bad', 'praise', 'complaints'] as const

/** The clauses of the texts in `file` with what the words of `taxonomy` find in each, also those that speak of nothing. */
async function readClauses(file: string, column: string, taxonomy: Taxonomy, signal: AbortSignal) {
  const finder = new OpinionFinder(compileLexicon(taxonomy))
  const clauses: LearnedText[] = []
  for await (const rows of readReviews(file, [column], signal)) {
    for (const { values } of rows) {
      const text = values[column] ?? ''
      const found = finder.clauses(text).map(({ start, length }) => ({
        text: text.slice(start, start + length),
        opinions: [] as Opinion[],
      }))
      for (const one of finder.find(text)) found[one.clause]?.opinions.push(one)
      clauses.push(...found)
    }
  }
  return clauses
}

/** Learns the words by which aspects are known. @throws InputError, DataError */
export const aspectsLearn = question({
  name: 'aspects learn',
  summary: { en: 'Learn from reviews the words by which aspects are known', zh: '从评论学习各方面的用词' },
  examples: [
    'marquee aspects learn labelled.csv --text text --opinions opinions --out words.yaml',
    'marquee aspects learn reviews.csv --text text --out more-words.yaml',
  ],
  parameters: z.object({
    file: fileParameter('File of reviews', '评论文件', 0),
    text: textColumn,
    opinions: z
      .string()
      .optional()
      .meta(
        about(
          'Column with what each says; without it, words that stand beside the words known so far are learned',
          '标签列；未指定则学习与已知词同现的词',
        ),
      ),
    taxonomy: z
      .string()
      .optional()
      .meta(
        about('YAML file of aspects, in place of those of film and television', '方面词表（YAML），默认为影视词表'),
      ),
    out: z.string().meta(about('YAML file to write', '输出的 YAML 文件')),
    most: z
      .int()
      .min(1)
      .default(60)
      .meta(about('Words of each kind for each aspect at most', '每个方面每类词的最多个数')),
    leastZ: z
      .number()
      .positive()
      .default(2)
      .meta(about('Standard deviations that a word has to stand out by', '词语突出程度的最小标准差数')),
  }),
  result: z.object({
    file: z.string().meta(about('File written', '输出文件', { as: 'path' })),
    texts: z.int().meta(about('Texts, or clauses without labels', '文本数（无标签时为分句数）')),
    rows: z
      .array(
        z.object({
          aspect: z.string().meta(about('Aspect', '方面')),
          word: z.string().meta(about('Word', '词')),
          becomes: z.enum(kinds).meta(
            about('What it becomes', '用途', {
              words: {
                terms: { en: 'names it', zh: '指称' },
                good: { en: 'good of it', zh: '对其为褒' },
                bad: { en: 'bad of it', zh: '对其为贬' },
                praise: { en: 'praises it', zh: '赞扬' },
                complaints: { en: 'complains of it', zh: '抱怨' },
              },
            }),
          ),
          texts: z.int().meta(about('Texts of the kind that have it', '该类文本中的出现数')),
          others: z.int().meta(about('Others that have it', '其他文本中的出现数')),
          z: z.number().meta(about('Standard deviations that it stands out by', '突出程度（标准差数）')),
        }),
      )
      .meta(about('Words learned', '学到的词')),
    notes: z.array(note),
  }),
  async ask({ progress, signal }, { file, text, opinions, taxonomy: taxonomyFile, out, most, leastZ }) {
    const path = resolve(out)
    await requireReplaceable(path)
    progress.step({ en: 'Reading reviews', zh: '读取评论' })
    const base = await chooseTaxonomy(taxonomyFile, [])
    const isLabelled = opinions !== undefined
    const texts = isLabelled
      ? await readLabelled(file, text, opinions, signal)
      : await readClauses(file, text, base, signal)
    progress.step({ en: 'Learning', zh: '学习' })
    const known = isLabelled && taxonomyFile === undefined ? { aspects: [], whole: base.whole } : base
    const { aspects, evidence } = learnTaxonomy(texts, known, { most, leastZ })
    const written = aspects.map(({ id, name: _, ...words }) => ({
      name: id,
      ...Object.fromEntries(Object.entries(words).filter(([, list]) => list.length > 0)),
    }))
    await replaceFile(path, stringify({ aspects: written }))
    return {
      file: path,
      texts: texts.length,
      rows: evidence.map((one) => ({ ...one })),
      notes: [
        {
          en: 'Look through the words before you use them: name the file as `reviews.taxonomy` in marquee.yaml, or copy its aspects to `reviews.aspects` beside those of film and television.',
          zh: '使用前请检查这些词：可在 marquee.yaml 的 `reviews.taxonomy` 中指定该文件，或把其中的方面复制到 `reviews.aspects`，与影视词表并用。',
        },
      ],
    }
  },
})
