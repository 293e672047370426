import type { Text } from '../../text.ts'
import { barChart } from '../chart/bar-chart.ts'
import { networkChart } from '../chart/network-chart.ts'
import { type Charts, renderEmpty, renderFigure } from '../figure.ts'
import { type Html, html, showName } from '../html.ts'
import type { ReportData, TitleTalk } from '../report-data.ts'
import { renderTable } from '../table.ts'
import { dash, quote, writeNumber, writeShare } from '../wording.ts'
import { linkTerm, renderSection } from './section.ts'

const viewersText = (viewers: number): Text => ({
  en: `${writeNumber(viewers).en} viewers`,
  zh: `${writeNumber(viewers).zh} 名观众`,
})
const kinds: readonly { readonly kind: TitleTalk['figures'][number]['kind']; readonly name: Text }[] = [
  { kind: 'character', name: { en: 'character', zh: '角色' } },
  { kind: 'person', name: { en: 'person', zh: '演职员' } },
]

/** The first words of a title as a sentence. */
export function findWords({ name, words, isCompared }: TitleTalk): Text {
  const first = quote(
    words
      .slice(0, 3)
      .map(({ word }) => word)
      .join(', '),
  )
  return isCompared
    ? {
        en: `Of ${quote(name)} viewers say ${first} far more than of other titles`,
        zh: `谈到${quote(name)}，观众比谈其他影片更常说${first}`,
      }
    : { en: `Of ${quote(name)} viewers say ${first} most`, zh: `谈到${quote(name)}，观众最常说${first}` }
}

function renderWords(charts: Charts, talk: TitleTalk, index: number): Html {
  return renderFigure(charts, {
    id: `words-${index + 1}`,
    finding: findWords(talk),
    what: talk.isCompared
      ? {
          en: 'Viewers who said each word or phrase in reviews or timed comments; the surest difference on top.',
          zh: '在评论或弹幕中说过该词的观众数；差异最确定者在上。',
        }
      : {
          en: 'Viewers who said each word or phrase in reviews or timed comments.',
          zh: '在评论或弹幕中说过该词的观众数。',
        },
    chart: barChart(
      talk.words.map(({ word, viewers, share }) => ({ name: word, value: viewers, tip: writeShare(share) })),
      { en: 'viewers', zh: '观众数' },
    ),
    table: renderTable({
      caption: { en: 'Keywords, the surest first', zh: '热词，最确定者在前' },
      rows: talk.words,
      columns: [
        { head: { en: 'Word', zh: '词' }, cell: (row) => showName(row.word) },
        { head: { en: 'Viewers', zh: '观众' }, cell: (row) => writeNumber(row.viewers), align: 'number' },
        { head: { en: 'Share', zh: '占比' }, cell: (row) => writeShare(row.share), align: 'number' },
        {
          head: { en: 'Elsewhere', zh: '别处' },
          cell: (row) => (row.elsewhere === null ? dash : writeShare(row.elsewhere)),
          align: 'number',
        },
        {
          head: { en: 'Example', zh: '例句' },
          cell: (row) => (row.quote === null ? dash : showName(row.quote)),
          align: 'why',
        },
      ],
    }),
  })
}

/** Whom viewers speak of most, as a sentence. */
export function findFigures({ name, figures }: TitleTalk): Text {
  const [first] = figures
  const [who, share] = [quote(first?.name ?? ''), writeShare(first?.voice ?? 0)]
  return {
    en: `Of those who name anybody in ${quote(name)}, ${share.en} name ${who}`,
    zh: `谈到${quote(name)}中人物的观众，${share.zh} 提及${who}`,
  }
}

function renderFigures(charts: Charts, talk: TitleTalk, index: number): Html {
  const { figures, pairs } = talk
  const place = new Map(figures.map(({ name }, at) => [name, at]))
  const most = Math.max(1, ...figures.map(({ viewers }) => viewers))
  const mostTogether = Math.max(1, ...pairs.map(({ viewers }) => viewers))
  return renderFigure(charts, {
    id: `figures-${index + 1}`,
    finding: findFigures(talk),
    what: {
      en: 'Who is named, by the number of viewers, and who is named together in one text: the wider the line, the more viewers.',
      zh: '被提及的人物（面积为观众数）及在同一文本中同时被提及者（线宽为观众数）。',
    },
    chart: networkChart(
      figures.map(({ name, kind, viewers }) => ({
        name,
        group: kinds.findIndex((one) => one.kind === kind),
        weight: viewers / most,
        tip: viewersText(viewers),
      })),
      pairs.map(({ left, right, viewers }) => ({
        from: place.get(left) ?? 0,
        to: place.get(right) ?? 0,
        weight: viewers / mostTogether,
        tip: viewersText(viewers),
      })),
      kinds.map(({ name }) => name),
    ),
    table: renderTable({
      caption: { en: 'Share of voice, with 90 % intervals', zh: '声量份额与 90% 区间' },
      rows: figures,
      columns: [
        { head: { en: 'Name', zh: '姓名' }, cell: (row) => showName(row.name) },
        { head: { en: 'Kind', zh: '类别' }, cell: (row) => kinds.find(({ kind }) => kind === row.kind)?.name ?? dash },
        { head: { en: 'Viewers', zh: '观众' }, cell: (row) => writeNumber(row.viewers), align: 'number' },
        { head: { en: 'Share of voice', zh: '声量' }, cell: (row) => writeShare(row.voice), align: 'number' },
        { head: { en: 'From', zh: '下限' }, cell: (row) => writeShare(row.low), align: 'number' },
        { head: { en: 'To', zh: '上限' }, cell: (row) => writeShare(row.high), align: 'number' },
        {
          head: { en: 'Favourable', zh: '正面' },
          cell: (row) => (row.favourable === null ? dash : writeShare(row.favourable)),
          align: 'number',
        },
      ],
    }),
  })
}

export function renderTalk(charts: Charts, { talk }: ReportData): Html {
  return renderSection(
    'talk',
    { en: 'What viewers talk about', zh: '观众谈什么' },
    talk.length > 0
      ? html`<p class="lede">${linkTerm('keyword')} · ${linkTerm('voice')}</p>${talk.map(
          (title, index) =>
            html`${title.words.length > 0 && renderWords(charts, title, index)}${title.figures.length > 0 && renderFigures(charts, title, index)}`,
        )}`
      : renderEmpty(
          { en: 'No reviews or timed comments were read. Add them:', zh: '没有读到评论或弹幕。请添加：' },
          'marquee add FILE --kind review',
        ),
  )
}
