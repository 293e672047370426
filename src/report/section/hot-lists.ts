import type { Text } from '../../text.ts'
import { barChart } from '../chart/bar-chart.ts'
import { furthest, intervalChart } from '../chart/interval-chart.ts'
import { type Charts, renderEmpty, renderFigure } from '../figure.ts'
import { type Hole, type Html, html, showName } from '../html.ts'
import type { HotList, HotRow, ReportData } from '../report-data.ts'
import { cutNote, renderTable } from '../table.ts'
import { clip, dash, join, quote, shorten, writeGrowth, writeNumber, writePeriod, writeShare } from '../wording.ts'
import { linkTerm, renderSection } from './section.ts'

const charted = 15

const lists = [
  { id: 'titles', heading: { en: 'Hot titles', zh: '热门影片' }, one: { en: 'Title', zh: '片名' } },
  { id: 'actors', heading: { en: 'Hot actors', zh: '热门演员' }, one: { en: 'Actor', zh: '演员' } },
  { id: 'directors', heading: { en: 'Hot directors', zh: '热门导演' }, one: { en: 'Director', zh: '导演' } },
  { id: 'genres', heading: { en: 'Hot genres', zh: '热门题材' }, one: { en: 'Genre', zh: '题材' } },
] as const

/** Rank against the list before: an arrow and words, for eyes and for ears. */
export function writeMove(rank: number, before: number | null): Text {
  if (before === null) return { en: 'new', zh: '新上榜' }
  if (before === rank) return { en: '= same', zh: '= 持平' }
  const steps = Math.abs(before - rank)
  return before > rank ? { en: `▲ up ${steps}`, zh: `▲ 升 ${steps}` } : { en: `▼ down ${steps}`, zh: `▼ 降 ${steps}` }
}

const dimensions = [
  { id: 'source', head: { en: 'Source', zh: '来源' } },
  { id: 'region', head: { en: 'Region', zh: '地区' } },
  { id: 'episode', head: { en: 'Episode', zh: '剧集' } },
  { id: 'title', head: { en: 'Title', zh: '影片' } },
] as const

/** An episode without the name of its series: season 2, episode 18. */
function writeReason(value: string, owner: string): Hole {
  const rest = value.startsWith(`${owner} `) ? value.slice(owner.length + 1) : value
  const [, season, episode] = rest.match(/^S(\d+)E(\d+)$/) ?? []
  if (season === undefined || episode === undefined) return showName(rest)
  return { en: `season ${season} episode ${episode}`, zh: `第${season}季第${episode}集` }
}

function renderReasons(one: Text, rows: readonly HotRow[], cut: readonly Text[]): Html | null {
  const explained = rows.filter((row) => row.why.length > 0)
  const used = dimensions.filter(({ id }) => explained.some((row) => row.why.some(({ dimension }) => dimension === id)))
  if (explained.length === 0) return null
  return html`<details class="card"><summary>${{ en: 'Why they changed', zh: '变化的原因' }}</summary>${renderTable<HotRow>(
    {
      caption: join([
        {
          en: 'The largest parts of the change in minutes, as shares of all that moved the same way.',
          zh: '观看分钟变化的主要构成，按同向变化总量计占比。',
        },
        ...cut,
      ]),
      rows: explained,
      columns: [
        { head: one, cell: (row) => showName(row.name) },
        {
          head: { en: 'Growth', zh: '增长率' },
          cell: (row) => html`<span class="${verdict(row)}">${writeGrowth(row.growth, null, null)}</span>`,
          align: 'number',
        },
        ...used.map(({ id, head }) => ({
          head,
          align: 'why' as const,
          cell: (row: HotRow) => {
            const parts = row.why.filter(({ dimension }) => dimension === id)
            return parts.length === 0
              ? dash
              : parts.map(
                  ({ value, share }, index) =>
                    html`${index > 0 && ' · '}<span class="part">${writeReason(value, row.name)} ${writeShare(Math.round(100 * share) / 100)}</span>`,
                )
          },
        })),
      ],
    },
  )}</details>`
}

const verdict = (row: HotRow): 'good' | 'bad' | 'plain' =>
  row.significant && row.growth !== null ? (row.growth < 0 ? 'bad' : 'good') : 'plain'

/** How the plays of a row changed, in words that keep chance apart; null where there is nothing to compare with. */
export function describeChange(row: HotRow): Text | null {
  if (row.growth === null) return null
  const growth = writeGrowth(row.growth, row.growthLow, row.growthHigh)
  return row.significant
    ? { en: `plays ${growth.en}`, zh: `播放量 ${growth.zh}` }
    : { en: `no clear change in plays (${growth.en})`, zh: `播放量无显著变化（${growth.zh}）` }
}

/** Who leads, as a sentence. */
export function findLeader(rows: readonly HotRow[]): Text {
  const [leader] = rows
  if (!leader) return dash
  const volume = shorten(leader.volumeMinutes)
  const change = describeChange(leader)
  return {
    en: `${quote(leader.name)} leads with a heat of ${volume.en}${change ? `; ${change.en}` : ''}`,
    zh: `${quote(leader.name)} 居首，热度 ${volume.zh}${change ? `，${change.zh}` : ''}`,
  }
}

/** What moved beyond chance, as a sentence. */
export function findMovers(rows: readonly HotRow[]): Text {
  const moved = rows.filter((row) => row.significant && row.growth !== null)
  const byGrowth = [...moved].sort((a, b) => (b.growth ?? 0) - (a.growth ?? 0))
  const fell = (byGrowth[0]?.growth ?? 0) < 0
  const top = byGrowth.at(fell ? -1 : 0)
  if (!top) return { en: 'No change is large enough to rule out chance', zh: '没有变化大到足以排除偶然' }
  const growth = writeGrowth(top.growth, top.growthLow, top.growthHigh)
  const down = moved.filter((row) => (row.growth ?? 0) < 0).length
  const count = {
    en: `of ${rows.length}, ${moved.length - down} rose and ${down} fell significantly`,
    zh: `${rows.length} 项中 ${moved.length - down} 项显著上升、${down} 项显著下降`,
  }
  return {
    en: `${quote(top.name)} ${fell ? 'fell most' : 'grew most'}, ${growth.en}; ${count.en}`,
    zh: `${quote(top.name)} ${fell ? '降幅最大' : '增长最快'}，${growth.zh}；${count.zh}`,
  }
}

function renderList(charts: Charts, id: string, one: Text, list: HotList): Html {
  const top = list.rows.slice(0, charted)
  const total = Math.max(list.total ?? 0, list.rows.length)
  const cut = top.length < total ? [cutNote(top.length, total)] : []
  const changes = top.flatMap((row) =>
    row.growth === null || row.growthLow === null || row.growthHigh === null
      ? []
      : [
          {
            name: row.name,
            growth: row.growth,
            low: row.growthLow,
            high: row.growthHigh,
            significant: row.significant,
          },
        ],
  )
  const ranking = html`<details class="card"${id === 'titles' && html` open`}><summary>${{ en: 'Ranks and growth', zh: '排名与增长' }}</summary>${renderTable<HotRow>(
    {
      caption: { en: 'Ranked by heat, with growth and its 90% interval.', zh: '按热度排序，附增长率及其 90% 区间。' },
      rows: list.rows,
      total,
      columns: [
        { head: one, cell: (row) => showName(row.name) },
        { head: { en: 'Rank', zh: '排名' }, cell: (row) => row.rank, align: 'number' },
        { head: { en: 'Move', zh: '变动' }, cell: (row) => writeMove(row.rank, row.rankBefore), align: 'number' },
        {
          head: { en: 'Heat', zh: '热度' },
          cell: (row) => writeNumber(row.volumeMinutes),
          align: 'number',
        },
        {
          head: { en: 'Growth [interval]', zh: '增长率 [区间]' },
          cell: (row) =>
            html`<span class="${verdict(row)}">${writeGrowth(row.growth, row.growthLow, row.growthHigh)}</span>`,
          align: 'number',
        },
      ],
    },
  )}</details>${renderReasons(one, top, cut)}`
  const volume = renderFigure(charts, {
    id: `hot-${id}-volume`,
    finding: findLeader(list.rows),
    what: join([
      {
        en: `Viewer-minutes up to ${list.period.to}, a recent day counting more than an old one.`,
        zh: `截至 ${list.period.to} 的观看分钟数，越近的日子权重越高。`,
      },
      ...cut,
    ]),
    chart: barChart(
      top.map((row) => ({ name: row.name, value: row.volumeMinutes })),
      { en: 'heat (viewer-minutes, decayed)', zh: '热度（衰减后观看分钟）' },
    ),
    table: renderTable({
      caption: { en: 'Heat of the rows drawn.', zh: '图中各项的热度。' },
      rows: top,
      columns: [
        { head: one, cell: (row) => showName(row.name) },
        {
          head: { en: 'Heat', zh: '热度' },
          cell: (row) => writeNumber(row.volumeMinutes),
          align: 'number',
        },
      ],
    }),
  })
  if (changes.length === 0) return html`${volume}${ranking}`
  const before = list.previous ? writePeriod(list.previous) : { en: 'the period before', zh: '上一周期' }
  const during = writePeriod(list.period)
  const isHeld = changes.some((change) => change.high > furthest)
  const growth = renderFigure(charts, {
    id: `hot-${id}-growth`,
    finding: findMovers(top),
    what: {
      en: `Plays of ${during.en} against ${before.en}, with 90% interval. Arrow: the interval leaves out 0; hollow: could be chance.${isHeld ? ' Drawn up to +300%.' : ''}`,
      zh: `${during.zh} 与 ${before.zh} 相比的播放次数变化及 90% 区间。箭头：区间不含零；空心：可能出于偶然。${isHeld ? '图中至多画到 +300%。' : ''}`,
    },
    chart: intervalChart(changes, { en: 'change', zh: '变化' }),
    table: renderTable({
      caption: { en: 'Growth of the rows drawn.', zh: '图中各项的增长率。' },
      rows: changes,
      columns: [
        { head: one, cell: (row) => showName(clip(row.name, 120)) },
        {
          head: { en: 'Growth [interval]', zh: '增长率 [区间]' },
          cell: (row) => writeGrowth(row.growth, row.low, row.high),
          align: 'number',
        },
        {
          head: { en: 'Significant', zh: '显著' },
          cell: (row) => (row.significant ? { en: 'yes', zh: '是' } : { en: 'no', zh: '否' }),
        },
      ],
    }),
  })
  return html`<div class="pair">${volume}${growth}</div>${ranking}`
}

export function renderHotLists(charts: Charts, data: ReportData): Html {
  return renderSection(
    'hot',
    { en: 'What is hot', zh: '热榜' },
    !data.hot.titles
      ? renderEmpty(
          {
            en: 'No viewing log with times was read, so titles, people and genres cannot be ranked by what was watched. Add one:',
            zh: '没有读到带时间的观看日志，无法按观看量对影片、人员与题材排名。请添加：',
          },
          'marquee add FILE --kind viewing',
        )
      : html`<p class="lede">${{ en: 'Ranked by ', zh: '排序依据：' }}${linkTerm('heat')}${{ en: '; change as ', zh: '；变化：' }}${linkTerm('growth')}${{ en: '.', zh: '。' }}</p>${lists.map(
          ({ id, heading, one }) => {
            const list = data.hot[id]
            return html`<h3 id="hot-${id}">${heading}</h3>${
              list && list.rows.length > 0
                ? renderList(charts, id, one, list)
                : renderEmpty(
                    {
                      en: 'No catalogue names them for what was watched. Add one:',
                      zh: '片库中没有所观看影片的此项信息。请添加：',
                    },
                    'marquee add FILE --kind title',
                  )
            }`
          },
        )}`,
  )
}
