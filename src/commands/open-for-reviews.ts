import { InputError, ModelError } from '../errors.ts'
import type { Progress } from '../progress.ts'
import { estimateShare, expectingShare } from '../reviews/sentiment/favourable-share.ts'
import { openSentiment } from '../reviews/sentiment/open-sentiment.ts'
import { judgedByWords, type SentimentModel } from '../reviews/sentiment/sentiment-model.ts'
import type { Text } from '../text.ts'
import { readReviews } from './read-reviews.ts'

/** Reviews to judge: the column `text` of `file`, of which a share is `favourable`: a number, or `estimate`. */
interface ReviewsToJudge {
  readonly file: string
  readonly text: string
  readonly favourable: string | undefined
}

/** Difference of the share of favourable reviews from that in training at which it is told. */
const leastSkew = 0.1

const percent = (share: number) => `${Math.round(100 * share)} %`

/** What to say after judging without an expectation where the share of favourable reviews seems another one than in training. */
export function skewNotes({ heldOut }: SentimentModel, logits: readonly number[]): Text[] {
  if (!heldOut || logits.length === 0) return []
  const share = estimateShare(logits, heldOut.favourable)
  if (Math.abs(share - heldOut.favourable) < leastSkew) return []
  return [
    {
      en: `By their words about ${percent(share)} of these reviews are favourable, ${percent(heldOut.favourable)} of those learned from: --favourable estimate judges with that in mind.`,
      zh: `从用词看，这些评论约有 ${percent(share)} 为正面，所学评论中为 ${percent(heldOut.favourable)}：使用 --favourable estimate 可据此判断。`,
    },
  ]
}

async function logitsOf(model: SentimentModel, { file, text }: ReviewsToJudge, signal: AbortSignal): Promise<number[]> {
  const logits: number[] = []
  for await (const rows of readReviews(file, [text], signal)) {
    const texts = rows.map(({ values }) => values[text] ?? '')
    for (const one of await model.judge(texts, signal)) if (one.why === undefined) logits.push(one.logit)
  }
  return logits
}

/**
 * The model in the file `path` for the reviews, and what to say of it.
 * @throws InputError `share-unknown`; ModelError `share-not-kept` where it is not known what the model was trained on; those of `openSentiment`
 */
export async function openForReviews(
  path: string,
  reviews: ReviewsToJudge,
  progress: Progress,
  signal: AbortSignal,
): Promise<{ model: SentimentModel; notes: Text[] }> {
  const model = await openSentiment(path)
  const { favourable } = reviews
  if (favourable === undefined) return { model, notes: model.by ? [judgedByWords[model.by]] : [] }
  const given = Number(favourable)
  if (favourable !== 'estimate' && !(given > 0 && given < 1)) {
    throw new InputError(
      { en: `“${favourable}” is no share of favourable reviews.`, zh: `“${favourable}”不是正面评论的比例。` },
      {
        ...{ code: 'share-unknown', value: favourable },
        advice: { en: 'Give a number between 0 and 1, or `estimate`.', zh: '请给出 0 与 1 之间的数，或 `estimate`。' },
      },
    )
  }
  const before = model.heldOut?.favourable
  if (before === undefined) {
    throw new ModelError(
      {
        en: `${path} does not tell which share of its reviews was favourable.`,
        zh: `${path} 未记录所学评论中正面的比例。`,
      },
      {
        ...{ code: 'share-not-kept', value: path, file: path },
        advice: {
          en: 'Leave --favourable out, or learn from more reviews.',
          zh: '请去掉 --favourable，或用更多评论训练。',
        },
      },
    )
  }
  if (favourable !== 'estimate') return { model: expectingShare(model, before, given), notes: [] }
  progress.step({ en: 'Estimating', zh: '估计' })
  const logits = await logitsOf(model, reviews, signal)
  if (logits.length === 0) return { model, notes: [] }
  const share = estimateShare(logits, before)
  return {
    model: expectingShare(model, before, share),
    notes: [
      {
        en: `Judged with ${percent(share)} favourable reviews in mind, as estimated from the texts; ${percent(before)} of those learned from were.`,
        zh: `判断时按文本估计有 ${percent(share)} 为正面；所学评论中为 ${percent(before)}。`,
      },
    ],
  }
}
