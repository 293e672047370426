import { z } from 'zod'
import { about, note, question } from '../question.ts'
import type { Work } from './catalogue.ts'
import { contributionRow, contributionRows } from './contribution-rows.ts'
import { interestsOf, objectsNote, viewerParameters } from './for-viewer.ts'
import { noHistory } from './interests.ts'
import { numberOf } from './list-parameters.ts'
import { reasonOf } from './reasons.ts'
import { openServedModel } from './served-model.ts'

/** Why a title has the score that it has for a viewer. */
export const recommendBecause = question({
  name: 'recommend because',
  summary: { en: 'Why a title is recommended to a viewer, part by part', zh: '逐项说明为何向某观众推荐某影片' },
  examples: ['marquee recommend because v1 "High Crimes" --source aurora'],
  parameters: z.object({
    ...viewerParameters,
    title: z.string().meta(about('Title', '影片', { position: 1 })),
    limit: z.int().positive().default(30).meta(about('Parts at most; the rest is summed', '最多项数，其余合计')),
  }),
  result: z.object({
    name: z.string().meta(about('Title', '影片')),
    score: z.number().meta(about('Score', '得分')),
    rank: z.int().meta(about('Rank among all titles', '在全部影片中的名次')),
    why: note.nullable().meta(about('Why', '理由')),
    rows: z.array(contributionRow).meta(about('What the score is made of', '得分构成')),
    notes: z.array(note),
  }),
  async ask(context, { viewer, source, title, limit }) {
    const served = await openServedModel(context)
    const { engine } = await context.warehouse()
    const number = await numberOf(served, engine, title)
    const interests = await interestsOf(context, served, viewer, source)
    const history = interests?.history ?? noHistory
    const scores = new Float64Array(served.model.titles)
    served.model.score(history, scores)
    const score = scores[number] as number
    const parts = served.model.explain(history, number)
    const nameOf = (work: number) => served.works[work]?.name ?? served.titleIds[work] ?? ''
    const seen = history.index.includes(number)
    return {
      name: (served.works[number] as Work).name,
      ...{ score, rank: 1 + scores.reduce((better, other) => better + (other > score ? 1 : 0), 0) },
      why: reasonOf(parts, nameOf) ?? null,
      rows: contributionRows(parts, nameOf, limit),
      notes: [
        ...(interests
          ? []
          : [{ en: `Nothing is known of the viewer ${viewer}.`, zh: `没有观众 ${viewer} 的任何记录。` }]),
        ...(interests?.objects ? [objectsNote] : []),
        ...(seen ? [{ en: 'The viewer has watched it already.', zh: '该观众已看过此片。' }] : []),
        ...(parts.length === 0 ? [{ en: 'Nothing speaks for or against it.', zh: '没有支持或反对的依据。' }] : []),
      ],
    }
  },
})
