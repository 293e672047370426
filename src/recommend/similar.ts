import { z } from 'zod'
import { about, note, question } from '../question.ts'
import type { Work } from './catalogue.ts'
import { listedColumns, listParameters, numberOf, orderList } from './list-parameters.ts'
import { leaveOut, listTitles } from './list-titles.ts'
import { openServedModel } from './served-model.ts'

/** How many of the nearest are looked at for each one that is listed, since filters leave some out. */
const pool = 20

/** Titles near to one. */
export const recommendSimilar = question({
  name: 'recommend similar',
  summary: { en: 'Titles that are like one title', zh: '与某部影片相似的影片' },
  examples: ['marquee recommend similar "High Crimes"'],
  parameters: z.object({
    title: z.string().meta(about('Title', '影片', { position: 0 })),
    ...listParameters,
  }),
  result: z.object({
    name: z.string().meta(about('Like', '相似于')),
    rows: z.array(
      z.object({
        ...listedColumns,
        score: z.number().meta(about('Nearness', '相近程度')),
        common: z
          .array(z.string())
          .meta(about('Genres and people in common', '共同的题材与人物', { short: { en: 'In common', zh: '共同点' } })),
      }),
    ),
    notes: z.array(note),
  }),
  async ask(context, { title, ...list }) {
    const served = await openServedModel(context)
    const { engine } = await context.warehouse()
    const number = await numberOf(served, engine, title)
    const own = served.works[number] as Work
    const scores = new Float64Array(served.model.titles)
    const near = served.model.similar(number, pool * list.limit)
    for (const { title: other, score } of near) scores[other] = score
    const order = await orderList(served, engine, list, (work) => work === number || scores[work] === 0)
    leaveOut(scores, order.leftOut)
    const marks = ({ genres, directors, actors }: Work) => [...genres, ...directors, ...actors]
    const ofOwn = new Set(marks(own))
    const rows = listTitles(scores, order.request, (work) => served.works[work] as Work).map(
      ({ title: other, score }, i) => {
        const work = served.works[other] as Work
        const { titleId, name, kind, year } = work
        return { rank: i + 1, titleId, name, kind, year, score, common: marks(work).filter((mark) => ofOwn.has(mark)) }
      },
    )
    return {
      name: own.name,
      rows,
      notes: rows.length > 0 ? [] : [{ en: 'Nothing is near to it.', zh: '没有与之相近的影片。' }],
    }
  },
})
