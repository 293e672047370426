import { z } from 'zod'
import { InputError } from '../errors.ts'
import { type Decisions, loadDecisions, saveDecisions } from '../project/decisions.ts'
import { layoutOf } from '../project/layout.ts'
import { readBuildRecord } from '../quality/build-record.ts'
import { about, note, question } from '../question.ts'
import { say } from '../text.ts'

const pair = z.array(z.string()).length(2).optional()
const asPair = (en: string, zh: string) => pair.meta(about(en, zh))

/** Shows the pairs of titles that may be one work and remembers what a person decides in `titles.yaml`. */
export const titlesReview = question({
  name: 'titles review',
  summary: { en: 'decide which titles are the same work', zh: '判定哪些片名是同一作品' },
  examples: [
    'marquee titles review',
    'marquee titles review --accept "aurora:The Matrx" "catalogue#17"',
    'marquee titles review --reject "aurora:Solaris" "catalogue:Solaris (2002)"',
  ],
  parameters: z.object({
    accept: asPair('Two titles, as shown, that are one work', '确认为同一作品的两个片名'),
    reject: asPair('Two titles, as shown, that are different works', '确认为不同作品的两个片名'),
    merge: asPair('Two titles to join although nothing suggests it', '强制合并的两个片名'),
    limit: z.int().positive().default(50).meta(about('Pairs to show', '显示的对数')),
  }),
  result: z.object({
    rows: z.array(
      z.object({
        left: z.string().meta(about('One title', '片名一')),
        right: z.string().meta(about('The other', '片名二')),
        score: z
          .number()
          .meta(about('Match score, 0 to 1', '匹配分', { unit: 'share', short: { en: 'Match', zh: '匹配度' } })),
        reasons: z.array(z.string()).meta(about('Why it is uncertain', '不确定的原因')),
      }),
    ),
    total: z.int(),
    notes: z.array(note),
  }),
  async ask(context, { limit, ...given }) {
    const layout = layoutOf(context.folder)
    const decided = await loadDecisions(layout.decisions)
    const added: Decisions = []
    for (const action of ['accept', 'reject', 'merge'] as const) {
      const [left, right] = given[action] ?? []
      if (left === undefined || right === undefined) continue
      if (left === right) {
        throw new InputError(
          { en: 'A title cannot be compared with itself.', zh: '片名不能与自身比较。' },
          { code: 'title-same', value: left },
        )
      }
      added.push({ action, left, right })
    }
    if (added.length > 0) {
      const isRepeated = (old: Decisions[number]) =>
        added.some(({ left, right }) => [left, right].includes(old.left) && [left, right].includes(old.right))
      await saveDecisions(layout.decisions, [...decided.filter((old) => !isRepeated(old)), ...added])
      return {
        rows: [],
        total: 0,
        notes: [
          {
            en: 'Remembered in titles.yaml. Run `marquee build` to apply it.',
            zh: '已记入 titles.yaml。运行 `marquee build` 生效。',
          },
        ],
      }
    }
    const { folder } = await context.warehouse()
    const { uncertainTitles } = await readBuildRecord(folder)
    return {
      rows: uncertainTitles.slice(0, limit).map(({ left, right, score, reasons }) => ({
        left,
        right,
        score,
        reasons: reasons.map((reason) => say(reason, context.locale)),
      })),
      total: uncertainTitles.length,
      notes: [
        uncertainTitles.length === 0
          ? { en: 'No pair of titles is uncertain.', zh: '没有不确定的片名。' }
          : {
              en: `${uncertainTitles.length} uncertain pairs. Decide with --accept or --reject.`,
              zh: `共 ${uncertainTitles.length} 对。用 --accept 或 --reject 判定。`,
            },
      ],
    }
  },
})
