import type { Context } from '../question.ts'
import type { LabelledReviews } from '../reviews/sentiment/labelled-reviews.ts'
import type { LabelRule } from '../reviews/sentiment/labels.ts'
import { counted, grouped, type Text } from '../text.ts'
import { labelRuleOf, readLabel, readReviews } from './read-reviews.ts'

/** Rows that were not learned from, by why. */
type LeftOut = Record<'between' | 'missing' | 'empty', number>

const leftOutWords: Readonly<Record<keyof LeftOut, (count: number) => Text>> = {
  between: (count) => ({
    en: `${counted(count, 'row')} between favourable and unfavourable left out.`,
    zh: `${grouped(count)} 行介于正面与负面之间，已略去。`,
  }),
  missing: (count) => ({
    en: `${counted(count, 'row')} without a label left out.`,
    zh: `${grouped(count)} 行无标签，已略去。`,
  }),
  empty: (count) => ({
    en: `${counted(count, 'row')} without words left out.`,
    zh: `${grouped(count)} 行无文字，已略去。`,
  }),
}

/** A row that was learned from. */
interface Added {
  readonly line: number | null
  readonly label: string
}

/** A label, and what says otherwise. */
export interface Contradicted extends Added {
  readonly by: 'stars' | 'words'
  readonly says: string
}

/** Contradicted labels of each kind that are named. */
export const mostContradicted = 20

/** What to say of so many labels that are contradicted. */
export function contradictionNotes(count: number, file: string, isLeftOut: boolean): Text[] {
  if (count === 0) return []
  const [en, zh] = isLeftOut
    ? ['They were not learned from.', '未从中学习。']
    : [
        'They were learned from; --leave-out-contradicted leaves them out.',
        '仍从中学习；可用 --leave-out-contradicted 略去。',
      ]
  return [
    {
      en: `${counted(count, 'label')} of ${file} contradicted by stars or words: look at the lines above. ${en}`,
      zh: `${file} 中有 ${grouped(count)} 个标签与评分或用词矛盾：请查看上列各行。${zh}`,
    },
  ]
}

/** Where labelled reviews are, and what becomes of labels that the stars contradict. */
interface LabelledFile {
  readonly file: string
  readonly text: string
  readonly label: string
  readonly stars?: string | undefined
  readonly best?: number | undefined
  readonly leaveOutContradicted: boolean
}

/** What was read of a file of labelled reviews. */
interface Gathered {
  /** Of the label column, and of that of stars where there is one. */
  readonly rules: readonly LabelRule[]
  /** Rows that were added, in their order. */
  readonly added: readonly Added[]
  readonly byStars: readonly Contradicted[]
  /** What to say of rows left out. */
  readonly notes: readonly Text[]
}

/** Adds the labelled reviews of a file to `gathered`. @throws InputError, DataError naming file and line */
export async function gatherLabelled(
  gathered: LabelledReviews,
  { file, text, label, stars, best, leaveOutContradicted }: LabelledFile,
  { progress, signal }: Pick<Context, 'progress' | 'signal'>,
): Promise<Gathered> {
  progress.step({ en: 'Reading labels', zh: '读取标签' })
  const rule = await labelRuleOf(file, label, stars === undefined ? best : undefined, signal)
  const starRule = stars === undefined ? undefined : await labelRuleOf(file, stars, best, signal)
  progress.step({ en: 'Reading reviews', zh: '读取评论' })
  const leftOut: LeftOut = { between: 0, missing: 0, empty: 0 }
  const byStars: Contradicted[] = []
  const added: Added[] = []
  for await (const rows of readReviews(file, [text, label, ...(stars === undefined ? [] : [stars])], signal)) {
    for (const { line = null, values } of rows) {
      const written = values[label] ?? ''
      const outcome = readLabel(rule, written, file, line ?? undefined)
      if (outcome === 'between' || outcome === 'missing') {
        leftOut[outcome] += 1
        continue
      }
      const marks = stars === undefined ? '' : (values[stars] ?? '')
      const marked = starRule?.read(marks)
      const contradicts = (marked === 0 || marked === 1) && marked !== outcome
      if (contradicts) byStars.push({ line, label: written, by: 'stars', says: marks })
      if (contradicts && leaveOutContradicted) continue
      if (gathered.add(values[text] ?? '', outcome) === undefined) leftOut.empty += 1
      else added.push({ line, label: written })
    }
  }
  return {
    ...{ rules: starRule ? [rule, starRule] : [rule], added, byStars },
    notes: Object.entries(leftOut).flatMap(([why, count]) =>
      count === 0 ? [] : [leftOutWords[why as keyof LeftOut](count)],
    ),
  }
}
