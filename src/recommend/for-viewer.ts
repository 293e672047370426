import { z } from 'zod'
import type { Engine } from '../engine/engine.ts'
import { logistic } from '../kernels/regression/logistic-regression.ts'
import { about, type Context, note, question } from '../question.ts'
import type { Text } from '../text.ts'
import type { Work } from './catalogue.ts'
import { contributionRow, contributionRows } from './contribution-rows.ts'
import { momentParameters, type Ranker, rankerBy } from './finish/rank-by.ts'
import { noHistory, readViewer, type ViewerInterests } from './interests.ts'
import { listedColumns, listParameters, numberOf, orderList } from './list-parameters.ts'
import { type ListedTitle, listBy } from './list-titles.ts'
import { reasonOf } from './reasons.ts'
import type { Contribution, History } from './recommender.ts'
import { openServedModel, type ServedModel } from './served-model.ts'

/** Reasons of each title that `--json` gives one by one. */
const mostReasons = 10

const noInterests: ViewerInterests = { history: noHistory, finished: new Set(), newestAgeDays: null }

/** `history` with each of `works` seen to the end once more. */
function withPlays(history: History, works: readonly number[]): History {
  const weights = new Map(Array.from(history.index, (work, e) => [work, history.value[e] as number]))
  for (const work of works) weights.set(work, Math.max(1, weights.get(work) ?? 0))
  const index = Uint32Array.from(weights.keys()).sort()
  return { index, value: Float32Array.from(index, (work) => weights.get(work) as number) }
}

/** What may be used of the viewer: nothing of one who objects, undefined where the project knows nobody of that id. */
export async function interestsOf(
  context: Context,
  { numbers, weighing }: ServedModel,
  viewer: string,
  source: string | undefined,
): Promise<(ViewerInterests & { readonly objects: boolean }) | undefined> {
  const id = await context.viewerId(viewer, source)
  if (id === undefined) return undefined
  if ((await context.objections()).has(id)) return { ...noInterests, objects: true }
  const { engine } = await context.warehouse()
  return { ...(await readViewer(engine, id, numbers, weighing)), objects: false }
}

export const objectsNote: Text = {
  en: 'The viewer objects to personal recommendation: the list is the same for everybody.',
  zh: '该观众拒绝个性化推荐：列表人人相同。',
}

/** Parameters that name a viewer. */
export const viewerParameters = {
  viewer: z
    .string()
    .meta(
      about('Id of the viewer as the source has it, or #viewer_id', '来源中的观众编号，或 #viewer_id', { position: 0 }),
    ),
  source: z.string().optional().meta(about('Source whose id it is', '编号所属的来源')),
}

const watchedParameter = z
  .array(z.string())
  .default([])
  .meta(about('Titles just watched, which the data do not have yet', '刚看过、数据中尚没有的影片'))

/** The numbers of the works that `titles` name. */
async function numbersOf(served: ServedModel, engine: Engine, titles: readonly string[]): Promise<number[]> {
  const numbers: number[] = []
  for (const title of titles) numbers.push(await numberOf(served, engine, title))
  return numbers
}

/** Parts of the score of a listed title: those of the model and the boost; they sum to the score. */
function partsOf(ranker: Ranker, { title, boost }: ListedTitle): Contribution[] {
  const parts = ranker.explain(title)
  return boost === 0 ? parts : [...parts, { of: { kind: 'boost' }, amount: boost }]
}

const placed: Readonly<Record<ListedTitle['placedBy'], Text | undefined>> = {
  score: undefined,
  pin: { en: 'Placed here by hand.', zh: '人工置顶。' },
  exploration: { en: 'Placed here by chance, to learn something new.', zh: '随机探索。' },
}

/** Titles for one viewer, each with its reason. */
export const recommendFor = question({
  name: 'recommend for',
  summary: { en: 'Titles for one viewer, each with its reason', zh: '为某位观众推荐影片并说明理由' },
  examples: [
    'marquee recommend for v1 --source aurora',
    'marquee recommend for v1 --source aurora --limit 5 --diversity 0.3 --seen include',
    'marquee recommend for v1 --source aurora --impersonal',
  ],
  parameters: z.object({
    ...viewerParameters,
    watched: watchedParameter,
    seen: z
      .enum(['exclude', 'finished', 'include'])
      .default('exclude')
      .meta(
        about(
          'Titles watched before: none is listed, only unfinished ones, or all',
          '看过的影片：不列出、仅列出未看完的、或全部列出',
        ),
      ),
    impersonal: z
      .boolean()
      .default(false)
      .meta(
        about(
          'The list that is the same for everybody, for people who object to a personal one',
          '人人相同的列表，供拒绝个性化推荐的观众使用',
        ),
      ),
    ...momentParameters,
    ...listParameters,
  }),
  result: z.object({
    modelVersion: z.int().meta(about('Version of the model', '模型版本', { detail: true })),
    isPersonal: z
      .boolean()
      .meta(about('Whether it follows from what the viewer watched', '是否基于该观众的观看记录', { detail: true })),
    watched: z
      .int()
      .meta(about('Titles that the viewer is known to have watched', '已知该观众看过的影片数', { detail: true })),
    rows: z.array(
      z.object({
        ...listedColumns,
        score: z.number().meta(about('Score', '得分')),
        finishProbability: z
          .number()
          .nullable()
          .meta(
            about('Probability that it is played next and watched to the end', '接下来播放并看完的概率', {
              ...{ unit: 'share', short: { en: 'Finish', zh: '看完概率' } },
            }),
          ),
        why: note.nullable().meta(about('Why', '理由', { as: 'prose' })),
        placedBy: z.enum(['score', 'pin', 'exploration']).meta(about('Placed by', '排位方式', { detail: true })),
        contributions: z.array(contributionRow).meta(
          about('What the score is made of; the last one is all the rest', '得分构成，末项为其余之和', {
            detail: true,
          }),
        ),
      }),
    ),
    notes: z.array(note),
  }),
  async ask(context, { viewer, source, watched, seen, impersonal, by, device, hour, ...list }) {
    const served = await openServedModel(context)
    const { engine } = await context.warehouse()
    const known = impersonal ? undefined : await interestsOf(context, served, viewer, source)
    const interests = known ?? noInterests
    const just = impersonal || known?.objects ? [] : await numbersOf(served, engine, watched)
    const history = withPlays(interests.history, just)
    const before = new Set(
      [...history.index].filter((work) => seen === 'exclude' || interests.finished.has(work) || just.includes(work)),
    )
    const order = await orderList(served, engine, list, (work) => seen !== 'include' && before.has(work))
    const ranker = rankerBy(by, served, history, {
      ...{ device, hour, source: impersonal || known?.objects ? undefined : source },
      recencyDays: interests.newestAgeDays,
    })
    const nameOf = (work: number) => served.works[work]?.name ?? served.titleIds[work] ?? ''
    const scores = new Float64Array(served.model.titles)
    const listed = listBy(ranker, [order.leftOut], order.request, (work) => served.works[work] as Work, scores)
    return {
      ...{
        modelVersion: served.record.version,
        isPersonal: history.index.length > 0,
        watched: interests.history.index.length,
      },
      rows: listed.map((one, i) => {
        const { titleId, name, kind, year } = served.works[one.title] as Work
        const parts = partsOf(ranker, one)
        return {
          ...{ rank: i + 1, titleId, name, kind, year, score: one.score, placedBy: one.placedBy },
          finishProbability: by === 'finish' ? logistic(one.score - one.boost) : null,
          why: placed[one.placedBy] ?? reasonOf(parts, nameOf) ?? null,
          contributions: contributionRows(parts, nameOf, mostReasons),
        }
      }),
      notes: [
        ...(known?.objects ? [objectsNote] : notesOn(history, { isKnown: known !== undefined, impersonal, viewer })),
        ...newerNotes(served),
        ...(by === 'score' && (device !== undefined || hour !== undefined) ? [momentUnused] : []),
        ...(listed.length === 0 ? [nothingLeft] : []),
      ],
    }
  },
})

const momentUnused: Text = {
  en: 'Device and hour count with --by finish alone.',
  zh: '设备与时刻仅在 --by finish 时起作用。',
}

const nothingLeft: Text = {
  en: 'No title is left after the filters: take some away, or see titles watched before with --seen include.',
  zh: '筛选后没有影片：请减少筛选条件，或用 --seen include 列出看过的影片。',
}

function notesOn(
  { index }: History,
  { isKnown, impersonal, viewer }: { isKnown: boolean; impersonal: boolean; viewer: string },
): Text[] {
  if (impersonal) return [{ en: 'This list is the same for everybody.', zh: '该列表人人相同，未使用个人信息。' }]
  const notes: Text[] = []
  if (!isKnown) notes.push({ en: `Nothing is known of the viewer ${viewer}.`, zh: `没有观众 ${viewer} 的任何记录。` })
  if (index.length === 0) {
    notes.push({
      en: 'Without a play to go by, the list is what most people watch.',
      zh: '没有观看记录可依据，列表为大众热门。',
    })
  }
  return notes
}

function newerNotes({ newer }: ServedModel): Text[] {
  if (newer === 0) return []
  return [
    {
      en: `${newer} titles came after the training and cannot be listed: run \`marquee recommend train\`.`,
      zh: `有 ${newer} 部影片在训练之后新增，无法列出：请运行 \`marquee recommend train\`。`,
    },
  ]
}
