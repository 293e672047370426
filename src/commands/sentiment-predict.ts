import { resolve } from 'node:path'
import { z } from 'zod'
import type { Row } from '../engine/engine.ts'
import { csvText } from '../export/csv.ts'
import { jsonLines } from '../export/write-rows.ts'
import { about, note, question } from '../question.ts'
import { replaceFile, requireReplaceable } from '../replace-file.ts'
import {
  type Judgement,
  type NotJudged,
  notJudgedWords,
  type SentimentModel,
  type Verdict,
  verdictOf,
  verdicts,
} from '../reviews/sentiment/sentiment-model.ts'
import { counted, grouped } from '../text.ts'
import { openForReviews, skewNotes } from './open-for-reviews.ts'
import { readReviews } from './read-reviews.ts'
import {
  favourableParameter,
  fileParameter,
  modelParameter,
  textColumn,
  unsureParameter,
} from './sentiment-parameters.ts'

const mostWords = 5

/** What is written of each review, in this order, before the columns that are kept. */
const outcomeColumns = ['line', 'verdict', 'probability', 'language', 'why', 'words'] as const

/** What is written of a review, but for its line and the columns that are kept. */
function outcomeRow(model: SentimentModel, text: string, judgement: Judgement, verdict: Verdict): Row {
  const { language, why } = judgement
  if (why !== undefined) return { verdict, probability: null, language, why, words: null }
  const said = model
    .explain(text)
    ?.filter(({ words }) => words !== '')
    .slice(0, mostWords)
  const words = said
    ?.map(({ words: some, amount }) => `${some} ${amount >= 0 ? '+' : ''}${amount.toFixed(2)}`)
    .join('; ')
  return { verdict, probability: judgement.probability, language, why: model.by ?? null, words: words ?? null }
}

/** Judges every review of a file. @throws InputError, DataError, ModelError */
export const sentimentPredict = question({
  name: 'sentiment predict',
  summary: { en: 'Judge every review of a file', zh: '判断文件中每条评论的情感' },
  examples: [
    'marquee sentiment predict reviews.model reviews.csv --text text --out judged.csv',
    'marquee sentiment predict reviews.model reviews.csv --text text --keep stars --out judged.jsonl',
  ],
  parameters: z.object({
    model: modelParameter,
    file: fileParameter('File of reviews', '评论文件', 1),
    text: textColumn,
    out: z
      .string()
      .meta(about('File to write, .jsonl for JSON Lines, else CSV', '输出文件，.jsonl 为 JSON Lines，否则为 CSV')),
    keep: z.array(z.string()).default([]).meta(about('Columns to write beside the text', '除文本外要保留的列')),
    favourable: favourableParameter,
    unsure: unsureParameter,
  }),
  result: z.object({
    file: z.string().meta(about('File written', '输出文件', { as: 'path' })),
    reviews: z.int().meta(about('Rows', '行数')),
    rows: z
      .array(
        z.object({
          verdict: z.enum(verdicts).meta(
            about('Verdict', '判断', {
              words: {
                positive: { en: 'favourable', zh: '正面' },
                negative: { en: 'unfavourable', zh: '负面' },
                unsure: { en: 'unsure', zh: '不确定' },
                'not-judged': { en: 'not judged', zh: '未判断' },
              },
            }),
          ),
          reviews: z.int().meta(about('Reviews', '评论数')),
        }),
      )
      .meta(about('Verdicts', '判断')),
    notes: z.array(note),
  }),
  async ask({ progress, signal }, { model: modelFile, file, text, out, keep, favourable, unsure }) {
    const path = resolve(out)
    await requireReplaceable(path)
    const { model, notes } = await openForReviews(modelFile, { file, text, favourable }, progress, signal)
    progress.step({ en: 'Judging', zh: '判断' })
    const verdictCounts = new Map<Verdict, number>(verdicts.map((verdict) => [verdict, 0]))
    const whyCounts = new Map<NotJudged, number>()
    const logits: number[] = []
    const kept = [...new Set([...keep, text])]
    const judgedRows = async function* (): AsyncGenerator<Row[]> {
      for await (const rows of readReviews(file, kept, signal)) {
        const texts = rows.map(({ values }) => values[text] ?? '')
        const judgements = await model.judge(texts, signal)
        yield rows.map(({ line, values }, i) => {
          const judgement = judgements[i] as Judgement
          const verdict = verdictOf(judgement, unsure)
          verdictCounts.set(verdict, (verdictCounts.get(verdict) ?? 0) + 1)
          if (judgement.why === undefined) logits.push(judgement.logit)
          else whyCounts.set(judgement.why, (whyCounts.get(judgement.why) ?? 0) + 1)
          return {
            line: line ?? null,
            ...outcomeRow(model, texts[i] as string, judgement, verdict),
            ...Object.fromEntries(kept.map((name) => [name, values[name] ?? null])),
          }
        })
      }
    }
    const isLines = path.endsWith('.jsonl')
    await replaceFile(path, isLines ? jsonLines(judgedRows()) : csvText([...outcomeColumns, ...kept], judgedRows()))
    return {
      file: path,
      reviews: [...verdictCounts.values()].reduce((sum, count) => sum + count, 0),
      rows: [...verdictCounts].map(([verdict, reviews]) => ({ verdict, reviews })),
      notes: [
        ...notes,
        ...(favourable === undefined ? skewNotes(model, logits) : []),
        ...[...whyCounts].map(([why, count]) => ({
          en: `${counted(count, 'review')} not judged: ${notJudgedWords[why].en}.`,
          zh: `${grouped(count)} 条未判断：${notJudgedWords[why].zh}。`,
        })),
      ],
    }
  },
})
