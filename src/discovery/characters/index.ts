import { z } from 'zod'
import { about, note, question } from '../../question.ts'
import { resolveTitle } from '../../warehouse/resolve-title.ts'
import { countOpinions, type OpinionCounts, opinionFilters } from '../opinions.ts'
import { spansOf, writeSpan } from '../spans.ts'
import type { FigureCounts } from './count-mentions.ts'
import { givenNames } from './given-names.ts'
import { changesOf, shareOf } from './model.ts'
import { aliasKinds } from './name-forms.ts'
import { notesOf } from './notes.ts'
import { readCast } from './read-cast.ts'
import { readFavour } from './read-favour.ts'
import { readMentions } from './read-mentions.ts'

const number = (en: string, zh: string, extra: Parameters<typeof about>[2] = { detail: true }) =>
  z.number().meta(about(en, zh, extra))
const text = (en: string, zh: string, extra?: Parameters<typeof about>[2]) => z.string().meta(about(en, zh, extra))

const kinds = ['character', 'person'] as const
const kind = z.enum(kinds).meta(
  about('Character of the story or real person', '角色或演职员', {
    short: { en: 'Kind', zh: '类别' },
    words: { character: { en: 'character', zh: '角色' }, person: { en: 'person', zh: '演职员' } },
  }),
)
const share = (en: string, zh: string, short?: { en: string; zh: string }) =>
  number(en, zh, short ? { unit: 'share', short } : { unit: 'share', detail: true }).nullable()
const low = { en: 'Lower end of its 90 % interval', zh: '90% 区间下限' } as const
const high = { en: 'Upper end of its 90 % interval', zh: '90% 区间上限' } as const

const result = z.object({
  title: text('Title', '影片'),
  viewers: number('Viewers who wrote', '发言观众数', { unit: 'viewers' }),
  voices: number('Viewers who name somebody', '提及人物的观众数', { unit: 'viewers' }),
  favourable: share('Favourable among all reviews, by viewers', '全部评论中的正面比例（按观众）', {
    en: 'Favourable',
    zh: '正面',
  }),
  now: z.string().nullable().meta(about('Last period', '本周期')),
  before: z.string().nullable().meta(about('Period before', '上一周期')),
  rows: z
    .array(
      z.object({
        name: text('Name', '姓名', { as: 'prose' }),
        kind,
        counterparts: z.array(z.string()).meta(
          about('Who plays the character, or whom the person plays', '饰演者或所饰角色', {
            as: 'prose',
            short: { en: 'Played by, plays', zh: '饰演' },
          }),
        ),
        roles: z.array(z.string()).meta(about('Roles in the credits', '职务', { detail: true })),
        viewers: number('Viewers who name them', '提及观众数', {
          unit: 'viewers',
          short: { en: 'Viewers', zh: '观众' },
        }),
        texts: number('Texts that name them', '提及文本数', { unit: 'texts', detail: true }),
        voice: share('Share of voice: of the viewers who name anybody', '声量份额（占提及人物的观众）', {
          en: 'Share of voice',
          zh: '声量',
        }),
        voiceLow: share(low.en, low.zh, { en: 'Low (90 %)', zh: '下限（90%）' }),
        voiceHigh: share(high.en, high.zh, { en: 'High (90 %)', zh: '上限（90%）' }),
        screenShare: share('Share of the time of scenes', '出场时间占比', { en: 'On screen', zh: '出场' }),
        favourable: share(
          'Favourable to them, of the viewers whose reviews judge them',
          '评论中评价了该人物的观众里，给予好评的比例',
          { en: 'Favourable', zh: '正面' },
        ),
        favourableLow: share(low.en, low.zh),
        favourableHigh: share(high.en, high.zh),
        judged: number('Viewers whose reviews judge them', '作出评价的观众数', { unit: 'viewers', detail: true }),
        times: number('Odds of being named, against the period before', '与上一周期提及几率之比', {
          unit: 'times',
          short: { en: 'Change', zh: '变化' },
        }).nullable(),
        pValue: number('Probability of such a change by chance', 'p 值').nullable(),
        qValue: number('… adjusted for all who are listed (false discovery rate)', 'q 值（错误发现率）').nullable(),
        names: z
          .array(
            z.object({
              name: text('As viewers say', '称呼'),
              viewers: number('Viewers', '观众数', { unit: 'viewers', detail: true }),
              is: z.enum(aliasKinds).meta(
                about('What it is', '类别', {
                  detail: true,
                  words: {
                    full: { en: 'name', zh: '全名' },
                    part: { en: 'part of a name', zh: '名字的一部分' },
                    learned: { en: 'learned', zh: '学得' },
                  },
                }),
              ),
            }),
          )
          .meta(
            about('What they are called, most said first', '称呼，最常用者在前', {
              as: 'prose',
              short: { en: 'Called', zh: '称呼' },
            }),
          ),
      }),
    )
    .meta(about('Who is spoken of, most first', '被提及的人物，最多者在前')),
  pairs: z
    .array(
      z.object({
        left: text('Name', '姓名', { as: 'prose' }),
        right: text('Named beside', '同时提及', { as: 'prose' }),
        viewers: number('Viewers who name both in one text', '同时提及的观众数', {
          unit: 'viewers',
          short: { en: 'Viewers', zh: '观众' },
        }),
        times: number('Times what it would be by chance', '与随机水平之比', {
          unit: 'times',
          short: { en: 'Times chance', zh: '倍数' },
        }),
      }),
    )
    .meta(about('Who is named together', '同时提及', { most: 10 })),
  periods: z
    .array(
      z.object({
        period: text('First day', '首日'),
        name: text('Name', '姓名', { as: 'prose' }),
        viewers: number('Viewers', '观众数'),
        voice: number('Share of voice', '声量份额', { unit: 'share' }),
      }),
    )
    .meta(
      about('By week, or by month where there are more than half a year', '逐周，超过半年时逐月', { detail: true }),
    ),
  nicknames: z
    .array(
      z.object({
        nickname: text('Nickname', '昵称'),
        name: text('Of', '所指', { as: 'prose' }),
        viewers: number('Viewers who said it', '提及观众数', { unit: 'viewers', short: { en: 'Viewers', zh: '观众' } }),
        evidence: z.enum(['formed', 'beside']).meta(
          about('Why it is taken for one', '依据', {
            words: {
              formed: { en: 'formed from the name', zh: '由姓名变化而来' },
              beside: { en: 'stands beside the name', zh: '与姓名并列' },
            },
          }),
        ),
        beside: number('Viewers who say it right beside the name', '与姓名并列的观众数', {
          unit: 'viewers',
          detail: true,
        }),
        likeness: number(
          'How much the words around it are those around names, 0 to 1',
          '前后用词与姓名的相似度（0 至 1）',
          { short: { en: 'Likeness', zh: '相似度' } },
        ),
        counts: z.boolean().meta(about('Whether it counts', '是否计入')),
      }),
    )
    .meta(about('Nicknames learned from the texts', '从文本中学得的昵称', { most: 20 })),
  ambiguous: z
    .array(
      z.object({
        name: text('Name', '称呼'),
        couldBe: z.array(z.string()).meta(about('Could be', '可能是', { as: 'prose' })),
        viewers: number('Viewers who leave it open', '未能判定的观众数', {
          unit: 'viewers',
          short: { en: 'Viewers', zh: '观众' },
        }),
      }),
    )
    .meta(about('Names that several have, counted for nobody', '多人共有的称呼，未计入')),
  notes: z.array(note),
})

const parameters = z.object({
  title: z.string().meta(about('A film, a series or an episode', '影片、剧集或单集', { position: 0 })),
  ...opinionFilters,
  kind: z
    .array(z.enum(kinds))
    .min(1)
    .default([...kinds])
    .meta(about('Characters, people or both', '角色、演职员或两者')),
  alias: z
    .array(z.string())
    .default([])
    .meta(about('NICKNAME=NAME: a further name of somebody', '昵称=姓名：补充称呼')),
  reject: z.array(z.string()).default([]).meta(about('Nicknames that are none', '不作为昵称的词')),
  leastViewers: z
    .int()
    .positive()
    .default(3)
    .meta(about('Viewers who must have said a nickname', '昵称至少须被多少观众使用', { unit: 'viewers' })),
  periodDays: z
    .int()
    .positive()
    .default(28)
    .meta(
      about('Length of the two periods compared, unless from says it', '比较周期的长度（未指定 from 时）', {
        unit: 'days',
      }),
    ),
  limit: z.int().positive().max(1000).default(20).meta(about('Rows of each list at most', '每份列表的最多行数')),
})

const weeksByWeek = 26
function unitOf({ first, last }: OpinionCounts): 'week' | 'month' {
  const days = first === null || last === null ? 0 : (Date.parse(last) - Date.parse(first)) / 86_400_000
  return days > 7 * weeksByWeek ? 'month' : 'week'
}

/** `marquee characters TITLE`: whom viewers speak of, how much and how. */
export const characters = question({
  name: 'characters',
  summary: {
    en: 'Which characters and people viewers speak of, how favourably, and with whom',
    zh: '观众谈论哪些角色与演职员、评价如何、与谁同时提及',
  },
  examples: ['marquee characters "High Crimes"', 'marquee characters "High Crimes" --kind character'],
  parameters,
  result,
  async ask(context, { title: name, kind: listed, alias, reject, leastViewers, periodDays, limit, ...given }) {
    const { engine } = await context.warehouse()
    const title = await resolveTitle(engine, name)
    const filter = { ...given, titleId: title.titleId }
    const cast = await readCast(engine, filter)
    const { figures, screenShares } = cast
    const opinions = await countOpinions(engine, filter)
    const spans = spansOf(filter, opinions.last, periodDays)
    const wider = { ...filter, from: given.from === undefined ? undefined : spans.before?.from }
    const isRejected = (text: string) => reject.includes(text)
    const { counts, nicknames, usual } = await readMentions(engine, wider, cast, {
      ...{ spans, unit: unitOf(opinions), given: givenNames(alias, figures), isRejected, leastViewers },
      signal: context.signal,
    })
    const favour = await readFavour(engine, filter, figures, context.signal)
    const nameOf = (index: number) => figures[index]?.name ?? ''
    const isListed = (index: number) => listed.some((one) => one === figures[index]?.kind)
    const spoken = figures
      .flatMap((figure, index) => {
        const own = counts.figures[index] as FigureCounts
        return own.viewers > 0 && isListed(index) ? [{ figure, index, own }] : []
      })
      .sort((a, b) => b.own.viewers - a.own.viewers || a.index - b.index)
      .slice(0, limit)
    const changes =
      counts.voices.before > 0
        ? changesOf(
            spoken.map(({ own }) => own),
            counts.voices,
          )
        : []
    const rows = spoken.map(({ figure, index, own }, place) => {
      const voice = shareOf(own.viewers, counts.voices.own)
      const { favourable = 0, judged = 0 } = favour[index] ?? {}
      const liked = shareOf(favourable, judged)
      return {
        name: figure.name,
        kind: figure.kind,
        counterparts: [...figure.counterparts],
        roles: [...figure.roles],
        viewers: own.viewers,
        texts: own.texts,
        voice: voice?.share ?? null,
        voiceLow: voice?.low ?? null,
        voiceHigh: voice?.high ?? null,
        screenShare: figure.kind === 'character' ? (screenShares?.[index] ?? null) : null,
        favourable: liked?.share ?? null,
        favourableLow: liked?.low ?? null,
        favourableHigh: liked?.high ?? null,
        judged,
        times: changes[place]?.ratio ?? null,
        pValue: changes[place]?.pValue ?? null,
        qValue: changes[place]?.qValue ?? null,
        names: [...own.names]
          .map(([{ text: called, kind: is }, viewers]) => ({ name: called, viewers, is }))
          .sort((a, b) => b.viewers - a.viewers || (a.name < b.name ? -1 : 1)),
      }
    })
    const pairs = [...counts.pairs]
      .map(([key, viewers]) => {
        const [left = 0, right = 0] = key.split(' ').map(Number)
        const expected =
          ((counts.figures[left]?.viewers ?? 0) * (counts.figures[right]?.viewers ?? 0)) / counts.voices.own
        return { left, right, viewers, times: viewers / expected }
      })
      .filter(({ left, right }) => isListed(left) && isListed(right))
      .sort((a, b) => b.viewers - a.viewers || a.left - b.left || a.right - b.right)
    return {
      title: title.name,
      viewers: counts.viewers,
      voices: counts.voices.own,
      favourable: shareOf(counts.favourable, counts.favourable + counts.unfavourable)?.share ?? null,
      now: writeSpan(spans.now),
      before: counts.voices.before > 0 ? writeSpan(spans.before) : null,
      rows,
      pairs: pairs.slice(0, 3 * limit).map((pair) => ({ ...pair, left: nameOf(pair.left), right: nameOf(pair.right) })),
      periods: [...counts.periods]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([period, voices]) =>
          spoken.map(({ figure, own }) => {
            const viewers = own.periods.get(period) ?? 0
            return { period, name: figure.name, viewers, voice: viewers / voices }
          }),
        ),
      nicknames: nicknames.map(({ text: nickname, figure, isFormed, ...rest }) => ({
        nickname,
        name: nameOf(figure),
        viewers: rest.viewers,
        evidence: isFormed ? ('formed' as const) : ('beside' as const),
        beside: rest.beside,
        likeness: rest.likeness,
        counts: !isRejected(nickname),
      })),
      ambiguous: [...counts.ambiguous]
        .map(([entry, viewers]) => ({ name: entry.text, couldBe: entry.figures.map(nameOf), viewers }))
        .sort((a, b) => b.viewers - a.viewers || (a.name < b.name ? -1 : 1))
        .slice(0, limit),
      notes: notesOf({ figures, favour, opinions, counts, usual, learned: nicknames.length, before: spans.before }),
    }
  },
})
