import type { Text } from '../../text.ts'
import { type Token, token } from '../chart/option.ts'
import { timelineChart } from '../chart/timeline-chart.ts'
import { type Charts, renderEmpty, renderFigure } from '../figure.ts'
import { type Html, html, showName } from '../html.ts'
import type { ReportData, TitleMoments } from '../report-data.ts'
import { renderTable } from '../table.ts'
import { dash, join, quote, writeNumber } from '../wording.ts'
import { linkTerm, renderSection } from './section.ts'

type Moment = TitleMoments['moments'][number]

const reactions: Readonly<Record<Moment['reaction'], { readonly what: Text; readonly colour: Token }>> = {
  comments: { what: { en: 'many comment', zh: '弹幕集中' }, colour: token('accent') },
  replays: { what: { en: 'many watch again', zh: '反复观看' }, colour: token('good') },
  skips: { what: { en: 'many skip', zh: '跳过' }, colour: token('bad') },
  'drop-offs': { what: { en: 'many leave', zh: '流失' }, colour: token('bad') },
}

function times(value: number): Text {
  const { en, zh } = writeNumber(Number(value.toFixed(1)))
  return { en: `${en}×`, zh: `${zh} 倍` }
}

/** The strongest moment as a sentence. */
export function findMoment({ name, moments }: TitleMoments): Text {
  const [first] = moments
  if (!first) {
    return {
      en: `Nothing in ${quote(name)} stands out from what is around it`,
      zh: `${quote(name)} 没有明显高于前后的片段`,
    }
  }
  const { what } = reactions[first.reaction]
  const said = first.words.length > 0 ? first.words.slice(0, 3) : undefined
  return {
    en: `${quote(name)}: ${what.en} at ${first.place}, ${times(first.strength).en} what is usual${said ? ` (${quote(said.join(', '))})` : ''}`,
    zh: `${quote(name)}：${first.place} ${what.zh}，为平常的 ${times(first.strength).zh}${said ? `（${quote(said.join('、'))}）` : ''}`,
  }
}

function renderTitle(charts: Charts, title: TitleMoments, index: number): Html {
  const isKnown = title.minutes.some(({ share }) => share !== null)
  const list = (items: readonly string[]) =>
    items.length === 0 ? dash : items.map((item, place) => html`${place > 0 && ', '}${showName(item)}`)
  return renderFigure(charts, {
    id: `moments-${index + 1}`,
    finding: findMoment(title),
    what: join([
      {
        en: 'Timed comments by minute. Bands: blue, many comment; green, many watch again; red, many skip or leave.',
        zh: '逐分钟弹幕数。色带：蓝为弹幕集中，绿为反复观看，红为跳过或流失。',
      },
      isKnown
        ? { en: 'Dashed: viewers still there.', zh: '虚线为仍在观看的观众。' }
        : { en: 'How many viewers are still there is not known.', zh: '各处剩余观众数未知。' },
    ]),
    chart: timelineChart(
      {
        counts: title.minutes.map(({ comments }) => comments),
        shares: title.minutes.map(({ share }) => share),
        marks: title.moments.map(({ reaction, startSeconds, endSeconds }) => ({
          from: startSeconds / 60,
          to: endSeconds / 60,
          colour: reactions[reaction].colour,
        })),
      },
      {
        across: { en: 'minute', zh: '分钟' },
        count: { en: 'comments a minute', zh: '每分钟弹幕数' },
        share: { en: 'still watching', zh: '仍在观看' },
      },
    ),
    table: renderTable({
      caption: { en: 'Moments, the strongest first', zh: '热点片段，最强者在前' },
      rows: title.moments,
      columns: [
        { head: { en: 'Place', zh: '位置' }, cell: (row) => row.place },
        { head: { en: 'What viewers do', zh: '观众反应' }, cell: (row) => reactions[row.reaction].what, align: 'text' },
        { head: { en: 'Strength', zh: '强度' }, cell: (row) => times(row.strength), align: 'number' },
        { head: { en: 'Viewers', zh: '观众' }, cell: (row) => writeNumber(row.viewers), align: 'number' },
        { head: { en: 'Said', zh: '热词' }, cell: (row) => list(row.words), align: 'why' },
        { head: { en: 'Scene', zh: '场景' }, cell: (row) => list(row.scene), align: 'why' },
      ],
    }),
  })
}

export function renderMoments(charts: Charts, data: ReportData): Html {
  return renderSection(
    'moments',
    { en: 'Moments', zh: '热点片段' },
    data.moments.length > 0
      ? html`<p class="lede">${linkTerm('moment')}</p>${data.moments.map((title, index) => renderTitle(charts, title, index))}`
      : renderEmpty(
          { en: 'No timed comments were read. Add them:', zh: '没有读到弹幕。请添加：' },
          'marquee add FILE --kind timed_comment',
        ),
  )
}
