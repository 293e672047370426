import type { Text } from '../text.ts'

export interface Definition {
  readonly id: string
  readonly term: Text
  readonly meaning: Text
  readonly formula?: string
  readonly standard: string
}

/** The terms that the report uses, each explained once. */
export const definitions = [
  {
    id: 'viewer-minutes',
    term: { en: 'Viewer-minutes', zh: '观看分钟数' },
    meaning: {
      en: 'Minutes watched, summed over all accepted plays. Two people who watch ten minutes are twenty viewer-minutes.',
      zh: '所有有效记录的观看时长之和。两人各看十分钟，计二十分钟。',
    },
    formula: 'Σ watched_seconds / 60',
    standard: 'Marquee',
  },
  {
    id: 'heat',
    term: { en: 'Heat', zh: '热度' },
    meaning: {
      en: 'Viewer-minutes in which a recent day counts more than an old one. Lists are ranked by it. A person or genre gets the minutes of all its titles.',
      zh: '按时间衰减的观看分钟数，越近的日子权重越高，榜单据此排序。人员与题材计入其全部作品的观看。',
    },
    formula: 'Σ minutes · 2^(−age / half-life)',
    standard: 'Marquee',
  },
  {
    id: 'growth',
    term: { en: 'Growth and its interval', zh: '增长率及其区间' },
    meaning: {
      en: 'Change in the number of plays against the previous period of equal length. The brackets hold the 90% interval; a change counts as significant when the interval does not contain zero. Small samples are drawn towards the average of the list.',
      zh: '与等长上一周期相比的播放次数变化。方括号内为 90% 区间；区间不含零时才视为显著。小样本向榜单平均值收缩。',
    },
    formula: 'now / before − 1',
    standard: 'Marquee',
  },
  {
    id: 'reach',
    term: { en: 'Reach', zh: '到达人数' },
    meaning: {
      en: 'Different viewers who watched at least the reach threshold (three consecutive minutes unless set otherwise).',
      zh: '观看时长达到阈值（默认连续三分钟）的不重复观众数。',
    },
    standard: 'GB/T 30350; BARB',
  },
  {
    id: 'completion',
    term: { en: 'Completion rate', zh: '完播率' },
    meaning: {
      en: 'Share of the viewers of a title who watched at least the completion threshold of its runtime (90% unless set otherwise), all their plays taken together.',
      zh: '影片的观众中，累计观看达到片长阈值（默认 90%）者的占比。',
    },
    standard: 'Marquee',
  },
  {
    id: 'retention',
    term: { en: 'Retention', zh: '留存率' },
    meaning: {
      en: 'Share of the audience at the first minute that is still watching at each later minute.',
      zh: '以首分钟观众为基数，之后每一分钟仍在观看的比例。',
    },
    formula: 'audience(minute) / audience(0)',
    standard: 'Marquee',
  },
  {
    id: 'rating',
    term: { en: 'Adjusted mean rating', zh: '调整后平均分' },
    meaning: {
      en: 'Mean of the ratings that viewers gave, drawn towards the mean of all titles of the source: the fewer the ratings, the more. Scales differ between sources, which are never mixed.',
      zh: '观众评分的平均值，向该来源全部影片的平均值收缩：评分越少，收缩越多。各来源量纲不同，不混合计算。',
    },
    standard: 'Marquee',
  },
  {
    id: 'published',
    term: { en: 'Published lists and station ratings', zh: '外部榜单与收视率' },
    meaning: {
      en: 'Numbers that a station, panel or chart computed itself. They are shown as published, each in its own list, and never added to viewing logs.',
      zh: '由电视台、样本户调查或榜单方自行计算的数据，按原样分别列出，绝不与观看日志相加。',
    },
    standard: 'GB/T 30350',
  },
  {
    id: 'ledger',
    term: { en: 'Row ledger', zh: '行账本' },
    meaning: {
      en: 'Each row that was read is accepted, a duplicate of an accepted row, or quarantined with its reasons. The three add up to the rows read, file by file.',
      zh: '读入的每一行要么被接受，要么是重复行，要么连同原因被隔离；三者之和等于该文件读入行数。',
    },
    formula: 'read = accepted + duplicates + quarantined',
    standard: 'Marquee; NRTA, January 2024',
  },
  {
    id: 'completeness',
    term: { en: 'Completeness', zh: '完整率' },
    meaning: {
      en: 'Share of accepted rows that have a value in the column.',
      zh: '已接受的行中该列有值的比例。',
    },
    standard: 'ISO/IEC 25012',
  },
  {
    id: 'moment',
    term: { en: 'Moment', zh: '热点片段' },
    meaning: {
      en: 'A stretch of a title in which more viewers comment, watch again, skip or leave, of those who are still there, than around it: so many more that at most one in twenty of the moments shown should be chance.',
      zh: '仍在观看的观众中，发弹幕、重看、跳过或离开者明显多于前后的一段；所列片段中出于偶然者预计不超过二十分之一。',
    },
    formula: 'events / (rate around it · viewers there)',
    standard: 'Kulldorff 1997; Benjamini and Hochberg 1995',
  },
  {
    id: 'driver',
    term: { en: 'Importance', zh: '重要度' },
    meaning: {
      en: 'Share of the variance of an outcome between reviews that opinions on an aspect explain, as the mean over all orders in which aspects could be taken in, with source, language, genre and time held constant. What goes together need not cause each other.',
      zh: '评论之间结果的方差由某方面评价解释的占比，取所有纳入顺序的平均；已控制来源、语言、题材与时间。相关并不等于因果。',
    },
    formula: 'mean over orders of the gain of R²',
    standard: 'Lindeman, Merenda and Gold 1980',
  },
  {
    id: 'expected-gain',
    term: { en: 'Expected gain', zh: '预期提升' },
    meaning: {
      en: 'What goes with judging an aspect as that of comparable titles is: the effect of an opinion on the outcome, times how far the title falls short, times the share of reviews that judge it. At a drop-off: plays that would be watched to the end if no more viewers left than around it.',
      zh: '若某方面的评价达到可比影片水平，与之相伴的结果差异：评价的效应 × 差距 × 评及的评论占比。流失处则为：若离开的观众与前后持平，多看完的播放。',
    },
    formula: 'effect · shortfall · share of reviews',
    standard: 'Marquee',
  },
  {
    id: 'favourable',
    term: { en: 'Favourable reviews', zh: '正面评论比例' },
    meaning: {
      en: 'Of the reviews whose text a model calls favourable or unfavourable, the share of the favourable ones. Reviews of which it is unsure, and those that it cannot judge, are counted beside.',
      zh: '模型按文本判为正面或负面的评论中，正面所占比例；不确定与无法判断的评论另计。',
    },
    formula: 'favourable / (favourable + unfavourable)',
    standard: 'Wilson 1927',
  },
  {
    id: 'flag',
    term: { en: 'Flagged review', zh: '被标记的评论' },
    meaning: {
      en: 'A review that may not speak for a viewer of its own: a near copy of an earlier one, one of a burst of extreme marks, by a viewer in a hurry, or with two independent signs of organised reviews.',
      zh: '可能不代表一位独立观众的评论：与更早的评论雷同、处于极端评分的突发期、由短时间评论多部的观众所写，或同时有两种相互独立的有组织迹象。',
    },
    standard: 'Broder 1997; Fei et al. 2013; Benjamini and Hochberg 1995',
  },
  {
    id: 'keyword',
    term: { en: 'Keyword', zh: '热词' },
    meaning: {
      en: 'A word or phrase that surely more viewers say of a title than of other titles, each viewer counted once. At most one in twenty of those shown should be chance.',
      zh: '谈到某片时说的观众明显多于谈其他影片时的词或短语，每位观众只计一次；所列词中出于偶然者预计不超过二十分之一。',
    },
    formula: 'log odds ratio / its standard deviation, with an informative Dirichlet prior',
    standard: 'Monroe, Colaresi and Quinn 2008; Benjamini and Hochberg 1995',
  },
  {
    id: 'voice',
    term: { en: 'Share of voice', zh: '声量份额' },
    meaning: {
      en: 'Of the viewers who name any character or person of a title in reviews or timed comments, the share who name this one. Shares overlap: one viewer may name several.',
      zh: '在评论或弹幕中提及该片任一角色或演职员的观众中，提及此人的比例；同一观众可提及多人，故各份额有重叠。',
    },
    formula: 'viewers who name them / viewers who name anybody',
    standard: 'Wilson 1927 (interval)',
  },
  {
    id: 'drift',
    term: { en: 'Drift', zh: '漂移' },
    meaning: {
      en: 'How far this build differs from the one before: rows, share of missing values, and the population stability index of a distribution (under 0.1 alike, over 0.25 different).',
      zh: '本次构建与上次的差异：行数、缺失率与群体稳定性指数（小于 0.1 视为稳定，大于 0.25 视为显著变化）。',
    },
    formula: 'PSI = Σ (now − before) · ln(now / before)',
    standard: 'Siddiqi 2006',
  },
] as const satisfies readonly Definition[]

export type DefinitionId = (typeof definitions)[number]['id']
