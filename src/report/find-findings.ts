import type { Text } from '../text.ts'
import { hourName, weekdayName } from './chart/heat-map.ts'
import type { HotList, ReportData } from './report-data.ts'
import { describeChange } from './section/hot-lists.ts'
import { isRanking } from './section/published.ts'
import { quote, shorten, writeGrowth, writeNumber, writeShare } from './wording.ts'

/** Beside the one about the data, which is always there. */
const most = 4
const movers = 3
const publishedLists = 2

/** The sentences that a reader in a hurry takes away: what leads, what moves, who watches when, and whether the data can be trusted. */
export function findFindings(data: ReportData): Text[] {
  const published = data.published.filter(isRanking)
  const found = [
    ...data.findings,
    findHottest(data.hot.titles),
    findMoves(data.hot.titles),
    findAudience(data),
    findKept(data),
    ...data.ratings.slice(0, 1).map(findRated),
    ...published.slice(0, data.audience ? 1 : publishedLists).map(findPublished),
    findGross(data),
  ].filter((finding) => finding !== null)
  return [...found.slice(0, most), ...findUsable(data)]
}

function findHottest(list: HotList | null): Text | null {
  const [leader] = list?.rows ?? []
  if (!leader) return null
  const volume = shorten(leader.volumeMinutes)
  const change = describeChange(leader)
  return {
    en: `${quote(leader.name)} is the hottest title: a heat of ${volume.en}${change ? `, ${change.en} on the week before` : ''}.`,
    zh: `${quote(leader.name)} 是最热影片，热度 ${volume.zh}${change ? `，较上周${change.zh}` : ''}。`,
  }
}

function findMoves(list: HotList | null): Text | null {
  const moved = (list?.rows ?? [])
    .filter((row) => row.significant && row.growth !== null)
    .sort((a, b) => Math.abs(b.growth ?? 0) - Math.abs(a.growth ?? 0))
  if (moved.length === 0) return null
  const shown = moved.slice(0, movers).map((row) => {
    const growth = writeGrowth(row.growth, null, null)
    return { en: `${quote(row.name)} ${growth.en}`, zh: `${quote(row.name)} ${growth.zh}` }
  })
  const more = moved.length - shown.length
  return {
    en: `Clear changes in plays on the week before: ${shown.map(({ en }) => en).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    zh: `较上周播放量变化显著：${shown.map(({ zh }) => zh).join('、')}${more > 0 ? `，另有 ${more} 部` : ''}。`,
  }
}

function findAudience({ hot: { titles }, audience }: ReportData): Text | null {
  if (!audience || !titles?.previous) return null
  const days = audience.daily.flatMap((line) => line.days)
  const watched = ({ from, to }: { from: string; to: string }) =>
    days.reduce((sum, { day, minutes }) => (day >= from && day <= to ? sum + minutes : sum), 0)
  const now = watched(titles.period)
  const before = watched(titles.previous)
  if (now === 0 || before === 0) return null
  const change = writeGrowth(now / before - 1, null, null)
  const peak = [...audience.hours].sort((a, b) => b.minutes - a.minutes)[0]
  const weekday = weekdayName(peak?.weekday ?? 0)
  const when = peak && {
    en: `; the peak hour is ${weekday.en} ${hourName(peak.hour)} ${audience.timeZone}`,
    zh: `；高峰为${weekday.zh} ${hourName(peak.hour)}（${audience.timeZone}）`,
  }
  return {
    en: `${shorten(now).en} minutes were watched in the week to ${titles.period.to}, ${change.en} on the week before${when?.en ?? ''}.`,
    zh: `截至 ${titles.period.to} 的一周共观看 ${shorten(now).zh}分钟，较上周 ${change.zh}${when?.zh ?? ''}。`,
  }
}

function findKept({ audience }: ReportData): Text | null {
  const watched = [...(audience?.reach ?? [])].sort((a, b) => b.reach - a.reach)
  const wide = watched.slice(0, Math.ceil(watched.length / 2)).sort((a, b) => b.completion - a.completion)
  const [best] = wide
  const worst = wide.at(-1)
  if (!best || !worst || wide.length < 4) return null
  return {
    en: `Of the titles with the larger reach ${quote(best.name)} is finished by most of its viewers (${writeShare(best.completion).en}), ${quote(worst.name)} by fewest (${writeShare(worst.completion).en}).`,
    zh: `到达较广的影片中，${quote(best.name)} 完播率最高（${writeShare(best.completion).zh}），${quote(worst.name)} 最低（${writeShare(worst.completion).zh}）。`,
  }
}

function findRated({ source, rows }: ReportData['ratings'][number]): Text | null {
  const [best] = rows
  if (!best) return null
  return {
    en: `${quote(best.name)} is rated best in ${quote(source)}: ${writeNumber(best.mean).en} on average of ${writeNumber(best.count).en} ratings (adjusted for their number ${writeNumber(best.shrunk).en}).`,
    zh: `${quote(source)} 中评分最高的是 ${quote(best.name)}：${writeNumber(best.count).zh} 个评分，平均 ${writeNumber(best.mean).zh}（按评分数调整后 ${writeNumber(best.shrunk).zh}）。`,
  }
}

function findPublished({ name, measure, period, rows, source }: ReportData['published'][number]): Text | null {
  const first = rows.find(({ value }) => value !== null)
  if (!first || first.value === null) return null
  const list = name.en === measure.en ? { en: source, zh: source } : name
  return {
    en: `${quote(first.name)} leads ${quote(list.en)}: ${measure.en} ${shorten(first.value).en}, ${period}.`,
    zh: `${quote(first.name)} 居 ${quote(list.zh)} 首位：${measure.zh} ${shorten(first.value).zh}，${period}。`,
  }
}

function findGross({ boxOffice }: ReportData): Text | null {
  const best = [...(boxOffice?.rows ?? [])].sort((a, b) => b.gross - a.gross)[0]
  if (!best || best.gross <= 0) return null
  const money = boxOffice?.currency ? ` ${boxOffice.currency}` : ''
  return {
    en: `${quote(best.name)} grossed most of ${writeNumber(boxOffice?.rows.length ?? 0).en} films: ${shorten(best.gross).en}${money}.`,
    zh: `${writeNumber(boxOffice?.rows.length ?? 0).zh} 部影片中 ${quote(best.name)} 票房最高：${shorten(best.gross).zh}${money}。`,
  }
}

function findUsable({ quality }: ReportData): Text[] {
  const ledger = quality?.ledger ?? []
  const sum = (key: 'read' | 'accepted') => ledger.reduce((all, file) => all + file[key], 0)
  const [read, accepted] = [sum('read'), sum('accepted')]
  if (read === 0) return []
  const files = { en: `${ledger.length} ${ledger.length === 1 ? 'file' : 'files'}`, zh: `${ledger.length} 个文件` }
  if (accepted === read) {
    return [
      {
        en: `All ${shorten(read).en} rows in ${files.en} could be used.`,
        zh: `${files.zh}共 ${shorten(read).zh}行，全部可用。`,
      },
    ]
  }
  const share = writeShare(accepted / read)
  return [
    {
      en: `${share.en} of the ${shorten(read).en} rows in ${files.en} could be used; the rest is accounted for row by row.`,
      zh: `${files.zh}共 ${shorten(read).zh}行，其中 ${share.zh} 可用；其余逐行说明去向。`,
    },
  ]
}
