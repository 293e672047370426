import { z } from 'zod'
import type { Row } from '../../engine/engine.ts'
import { about, note, question } from '../../question.ts'
import type { Text } from '../../text.ts'
import { resolveTitle } from '../../warehouse/resolve-title.ts'
import { chooseQuotes } from '../choose-quotes.ts'
import { compareTitles } from './compare-titles.ts'
import { notesOf } from './notes.ts'
import { projectTaxonomy } from './project-aspects.ts'
import { type AspectsFilter, placeOfTitle } from './query.ts'
import { readVoices } from './read-voices.ts'
import { type AspectStanding, findStandings, type Standing, standings } from './strengths.ts'
import type { Passage } from './tally.ts'

const words: Readonly<Record<Standing, Text>> = {
  strength: { en: 'strength', zh: '优势' },
  weakness: { en: 'weakness', zh: '短板' },
  usual: { en: 'as usual', zh: '与同类相当' },
  'not-compared': { en: 'nothing to compare', zh: '无可比影片' },
  'too-few': { en: 'too few reviews', zh: '评论太少' },
}

const share = (en: string, zh: string, extra: Parameters<typeof about>[2] = {}) =>
  z
    .number()
    .nullable()
    .meta(about(en, zh, { unit: 'share', ...extra }))
const count = (en: string, zh: string, extra: Parameters<typeof about>[2] = {}) => z.int().meta(about(en, zh, extra))
const text = (en: string, zh: string, extra: Parameters<typeof about>[2] = {}) => z.string().meta(about(en, zh, extra))

const result = z.object({
  title: text('Title', '影片'),
  reviews: count('Reviews', '评论数'),
  comparedTitles: count('Comparable titles', '可比影片数'),
  rows: z.array(
    z.object({
      aspect: text('Aspect', '方面', { as: 'prose' }),
      id: text('Id of the aspect', '方面代号', { detail: true }),
      standing: z
        .enum(standings)
        .meta(about('Against comparable titles', '与可比影片相比', { words, short: { en: 'Standing', zh: '评价' } })),
      mentions: count('Reviews that mention it', '提及的评论数', { short: { en: 'Mentions', zh: '提及' } }),
      judged: count('Reviews that find it good or bad', '作出评价的评论数', { detail: true }),
      favourable: share('Favourable of these, pulled towards comparable titles', '其中好评比例（向可比影片收缩）', {
        short: { en: 'Favourable', zh: '好评' },
      }),
      low: share('Lower end of its 95 % interval', '95% 区间下限', { short: { en: 'Low (95 %)', zh: '下限（95%）' } }),
      high: share('Upper end of its 95 % interval', '95% 区间上限', {
        short: { en: 'High (95 %)', zh: '上限（95%）' },
      }),
      usual: share('Favourable in comparable titles', '可比影片的好评比例', { short: { en: 'Usual', zh: '同类' } }),
      comparedTitles: count('Comparable titles that tell of it', '有该方面评价的可比影片数', { detail: true }),
      qValue: z
        .number()
        .nullable()
        .meta(about('False discovery rate at which it differs', 'q 值（错误发现率）', { detail: true })),
      quotes: z
        .array(
          z.object({
            text: text('Text', '原文', { as: 'prose' }),
            opinion: z.number().meta(about('Opinion, -1 to 1', '评价（-1 至 1）', { detail: true })),
          }),
        )
        .meta(about('What reviews say', '评论摘录', { as: 'prose', short: { en: 'Quotes', zh: '摘录' } })),
    }),
  ),
  people: z
    .array(
      z.object({
        name: text('Name', '姓名', { as: 'prose' }),
        aspect: text('Spoken of for', '主要谈及', { as: 'prose' }),
        mentions: count('Reviews that name them', '提及的评论数', { short: { en: 'Mentions', zh: '提及' } }),
        favourable: share('Favourable of those that judge', '评价中好评比例', {
          short: { en: 'Favourable', zh: '好评' },
        }),
        low: share('Lower end of its 95 % interval', '95% 区间下限', {
          short: { en: 'Low (95 %)', zh: '下限（95%）' },
        }),
        high: share('Upper end of its 95 % interval', '95% 区间上限', {
          short: { en: 'High (95 %)', zh: '上限（95%）' },
        }),
      }),
    )
    .meta(about('People and characters', '人物与演职员')),
  notes: z.array(note),
})

/** People and quotes are looked for in so many reviews of a title. */
const mostRead = 5000

/** Strengths are shown by what is good of them, weaknesses by what is not, others by both. */
function quotesFor({ standing }: AspectStanding, passages: readonly Passage[], most: number): Passage[] {
  const ofSign = (sign: number) =>
    passages
      .filter(({ opinion }) => Math.sign(opinion) === sign)
      .map((passage) => ({ ...passage, weight: Math.abs(passage.opinion) }))
  if (standing === 'strength') return chooseQuotes(ofSign(1), most)
  if (standing === 'weakness') return chooseQuotes(ofSign(-1), most)
  const half = Math.ceil(most / 2)
  return [...chooseQuotes(ofSign(1), half), ...chooseQuotes(ofSign(-1), most - half)]
}

/** `marquee aspects TITLE`: what reviews praise and complain about. */
export const aspects = question({
  name: 'aspects',
  summary: { en: 'What reviews of a title praise and complain about', zh: '评论称赞与批评影片的哪些方面' },
  examples: ['marquee aspects "High Crimes"', 'marquee aspects "High Crimes" --least 10 --years 10'],
  parameters: z.object({
    title: z.string().meta(about('A film, a series, a season or an episode', '影片、剧集、季或单集', { position: 0 })),
    season: z
      .int()
      .nonnegative()
      .optional()
      .meta(about('Only this season, against the others', '仅这一季，与其他季比较')),
    episode: z
      .int()
      .nonnegative()
      .optional()
      .meta(about('Only this episode, against the others', '仅这一集，与其他集比较')),
    source: z.string().optional().meta(about('Only reviews of this source', '仅此来源的评论')),
    least: z.int().min(5).default(20).meta(about('Reviews that have to judge an aspect', '一个方面至少要有的评价数')),
    falseDiscoveries: z
      .number()
      .gt(0)
      .max(0.5)
      .default(0.1)
      .meta(about('Share of strengths and weaknesses that may be chance', '允许的错误发现率', { unit: 'share' })),
    years: z
      .int()
      .min(0)
      .default(5)
      .meta(about('Years before and after that comparable titles are of', '可比影片上映年份的前后范围')),
    titles: z.int().min(0).max(200).default(30).meta(about('Comparable titles at most', '可比影片最多几部')),
    quotes: z.int().min(0).max(10).default(2).meta(about('Quotes for each aspect', '每个方面的摘录数')),
  }),
  result,
  async ask(context, { title: name, least, falseDiscoveries, years, titles, quotes, ...part }) {
    const { engine } = await context.warehouse()
    const taxonomy = await projectTaxonomy(context.folder, (await context.settings()).reviews)
    const title = await resolveTitle(engine, name)
    const [place] = await engine.query<Row & { series_id: string; season: number | null; episode: number | null }>(
      placeOfTitle(title.titleId),
    )
    const filter: AspectsFilter = place
      ? {
          ...{ titleId: place.series_id, season: place.season ?? undefined, episode: place.episode ?? part.episode },
          source: part.source,
        }
      : { titleId: title.titleId, ...part }
    const compared = await compareTitles(engine, title, filter, { years, titles })
    const voices = await readVoices(engine, filter, compared.subject, mostRead)
    const locale = context.locale === 'zh-CN' ? 'zh' : 'en'
    const nameOf = (id: string) => taxonomy.aspects.find((aspect) => aspect.id === id)?.name[locale] ?? id
    const options = { least, falseDiscoveries }
    const found = findStandings(compared.own, compared.others, options)
    const people = [...voices.names].map(([person, { aspects: ofPerson, tally }]) => {
      const [first] = [...ofPerson].sort(([, a], [, b]) => b - a)
      const [standing] = findStandings(new Map([[person, tally]]), [], options)
      const { favourable = null, low = null, high = null } = standing ?? {}
      return { name: person, aspect: nameOf(first?.[0] ?? ''), mentions: tally.mentions, favourable, low, high }
    })
    return {
      title: title.name,
      reviews: compared.reviews,
      comparedTitles: compared.others.length,
      rows: found.map((standing) => ({
        ...{ aspect: nameOf(standing.aspect), id: standing.aspect, standing: standing.standing },
        mentions: standing.tally.mentions,
        judged: standing.tally.favourable + standing.tally.unfavourable,
        ...{ favourable: standing.favourable, low: standing.low, high: standing.high, usual: standing.usual },
        ...{ comparedTitles: standing.compared, qValue: standing.qValue },
        quotes: quotesFor(standing, voices.passages.get(standing.aspect) ?? [], quotes).map(({ text, opinion }) => ({
          text,
          opinion,
        })),
      })),
      people: people.sort((a, b) => b.mentions - a.mentions || (a.name < b.name ? -1 : 1)),
      notes: notesOf(compared, {
        isPart: filter.season !== undefined || filter.episode !== undefined,
        mostRead,
        least,
        found,
      }),
    }
  },
})
