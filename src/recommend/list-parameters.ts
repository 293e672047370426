import { z } from 'zod'
import type { Engine } from '../engine/engine.ts'
import { InputError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { about } from '../question.ts'
import { resolveTitle } from '../warehouse/resolve-title.ts'
import type { Work } from './catalogue.ts'
import type { ListRequest } from './list-titles.ts'
import type { ServedModel } from './served-model.ts'

const names = (en: string, zh: string) => z.array(z.string()).default([]).meta(about(en, zh))

/** What may be listed, and in which order: parameters of every question that lists titles. */
export const listParameters = {
  limit: z.int().positive().max(1000).default(20).meta(about('Titles at most', '最多影片数')),
  kind: names('Only these kinds: film, series, programme …', '仅限这些类型：film、series、programme 等'),
  genre: names('Only these genres', '仅限这些题材'),
  region: names('Only from these countries or regions', '仅限这些国家或地区'),
  language: names('Only in these languages', '仅限这些语言'),
  ageRating: names('Only of these age ratings', '仅限这些分级'),
  availableOn: names('Only titles that one of these sources knows', '仅限这些来源中有的影片'),
  boost: names(
    'TITLE=SHARE raises a title by that share of the best score, or lowers it',
    'TITLE=SHARE：按最高分的该比例提高或降低某影片',
  ),
  pin: names('Titles that come first, in this order', '按此顺序置顶的影片'),
  diversity: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .meta(
      about(
        'How much being unlike the titles before counts: 0 not at all, 1 alone',
        '与前面影片的差异所占的比重：0 为不计，1 为仅计差异',
      ),
    ),
  exploration: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .meta(about('Share of the places left to chance', '随机探索的名额占比')),
  seed: z.int().min(0).default(1).meta(about('What chance follows from', '随机种子')),
}

/** What every list says of a title, as columns of an answer. */
export const listedColumns = {
  rank: z.int().meta(about('Rank', '名次')),
  titleId: z.string().meta(about('Title id', '影片编号', { detail: true })),
  name: z.string().meta(about('Title', '影片', { as: 'prose' })),
  kind: z.string().nullable().meta(about('Kind', '类型')),
  year: z
    .int()
    .nullable()
    .meta(about('Year', '年份', { unit: 'line' })),
}

const schema = z.object(listParameters)
export type ListParameters = z.output<typeof schema>

/** Which attribute of a work each filter looks at. */
const filters = {
  kind: ({ kind }: Work) => (kind === null ? [] : [kind]),
  genre: ({ genres }: Work) => genres,
  region: ({ countries }: Work) => countries,
  language: ({ languages }: Work) => languages,
  ageRating: ({ ageRating }: Work) => (ageRating === null ? [] : [ageRating]),
  availableOn: ({ sources }: Work) => sources,
}
type Filter = keyof typeof filters

const fold = (text: string) => text.normalize('NFKC').toLowerCase().trim()
const flagOf = (filter: Filter) => `--${filter.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** @throws InputError `filter-matches-nothing` for a value that no work has. */
function checked(filter: Filter, wanted: readonly string[], works: readonly (Work | undefined)[]): ReadonlySet<string> {
  const known = new Map<string, string>()
  for (const work of works) for (const value of work ? filters[filter](work) : []) known.set(fold(value), value)
  const strange = wanted.find((value) => !known.has(fold(value)))
  if (strange === undefined) return new Set(wanted.map(fold))
  const values = [...new Set(known.values())].sort()
  const meant = nearest(strange, values)
  throw new InputError(
    { en: `${flagOf(filter)}: no title has ${strange}.`, zh: `${flagOf(filter)}：没有影片符合 ${strange}。` },
    {
      ...{ code: 'filter-matches-nothing', value: strange },
      advice: meant
        ? { en: `Did you mean ${meant}?`, zh: `是否应为 ${meant}？` }
        : {
            en: `There are ${values.slice(0, 10).join(', ') || 'none'}.`,
            zh: `现有：${values.slice(0, 10).join('、') || '无'}。`,
          },
    },
  )
}

/** The number of the work that `text` names. @throws InputError as `resolveTitle`, or `title-not-modelled` */
export async function numberOf({ numbers }: ServedModel, engine: Engine, text: string): Promise<number> {
  const title = await resolveTitle(engine, text)
  const number = numbers.get(title.titleId)
  if (number !== undefined) return number
  throw new InputError(
    { en: `The recommender does not know ${title.name}.`, zh: `推荐模型不认识《${title.name}》。` },
    {
      ...{ code: 'title-not-modelled', value: text },
      advice: {
        en: 'Name a film or a whole series; of titles that came later, train again.',
        zh: '请指定影片或整部剧集；若是后来新增的，请重新训练。',
      },
    },
  )
}

function boostOf(text: string): { title: string; share: number } {
  const [, title = '', share = ''] = /^(.*)=([^=]*)$/u.exec(text) ?? []
  if (title !== '' && share.trim() !== '' && Number.isFinite(Number(share))) return { title, share: Number(share) }
  throw new InputError(
    { en: `--boost ${text} is not TITLE=SHARE.`, zh: `--boost ${text} 不是 TITLE=SHARE 的形式。` },
    {
      ...{ code: 'boost-malformed', value: text },
      advice: { en: 'As in --boost "The Harbour=0.2".', zh: '例如 --boost "The Harbour=0.2"。' },
    },
  )
}

/** A list to be made, and the numbers of the works that must not be on it, ascending. */
export interface ListOrder {
  readonly request: ListRequest
  readonly leftOut: Uint32Array
}

/**
 * The order for a list of works of `served`, without those that `isLeftOut` holds for.
 * @throws InputError `filter-matches-nothing`, `boost-malformed`, `unknown-title` and the like
 */
export async function orderList(
  served: ServedModel,
  engine: Engine,
  parameters: ListParameters,
  isLeftOut: (work: number) => boolean,
): Promise<ListOrder> {
  const { works } = served
  const wanted = (Object.keys(filters) as Filter[])
    .filter((filter) => parameters[filter].length > 0)
    .map((filter) => ({ filter, values: checked(filter, parameters[filter], works) }))
  const isWanted = (work: Work) =>
    wanted.every(({ filter, values }) => filters[filter](work).some((value) => values.has(fold(value))))
  const leftOut = Uint32Array.from(works.keys()).filter((number) => {
    const work = works[number]
    return !work || isLeftOut(number) || !isWanted(work)
  })
  const boosts = new Map<number, number>()
  for (const text of parameters.boost) {
    const { title, share } = boostOf(text)
    boosts.set(await numberOf(served, engine, title), share)
  }
  const pins: number[] = []
  for (const text of parameters.pin) pins.push(await numberOf(served, engine, text))
  const { limit: count, diversity, exploration, seed } = parameters
  return { request: { count, boosts, pins, diversity, exploration, seed }, leftOut }
}
