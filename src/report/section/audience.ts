import { heatMap, hourName, weekdayName } from '../chart/heat-map.ts'
import { lineChart } from '../chart/line-chart.ts'
import { scatterChart } from '../chart/scatter-chart.ts'
import { type Charts, renderEmpty, renderFigure } from '../figure.ts'
import { type Html, html, showName } from '../html.ts'
import type { AudienceData, ReportData } from '../report-data.ts'
import { rollDays } from '../roll-days.ts'
import { cutNote, renderTable } from '../table.ts'
import { wholeDays } from '../whole-days.ts'
import { dash, join, quote, shorten, writeNumber, writePeriod, writeShare } from '../wording.ts'
import { renderBreakdown } from './breakdown.ts'
import { linkTerm, renderSection } from './section.ts'

const minutesAxis = { en: 'viewer-minutes', zh: '观看分钟' }
const largestOf = <Row>(rows: readonly Row[], size: (row: Row) => number): Row | null =>
  rows.reduce<Row | null>((best, row) => (best === null || size(row) > size(best) ? row : best), null)

const stepNames = {
  day: { en: 'Viewer-minutes a day', zh: '每日观看分钟数' },
  week: { en: 'Viewer-minutes a day, average of each week', zh: '每日观看分钟数（按周平均）' },
  month: { en: 'Viewer-minutes a day, average of each month', zh: '每日观看分钟数（按月平均）' },
}

function renderDaily(charts: Charts, audience: AudienceData): Html | null {
  const sum = (line: AudienceData['daily'][number]): number => line.days.reduce((all, day) => all + day.minutes, 0)
  const { daily, partial } = wholeDays(audience.daily)
  const largest = [...daily].sort((a, b) => sum(b) - sum(a)).slice(0, 6)
  const [first] = largest
  if (!first) return null
  const rolled = rollDays(largest)
  const total = daily.reduce((all, line) => all + sum(line), 0)
  const share = writeShare(total === 0 ? 0 : sum(first) / total)
  const measure = stepNames[rolled.step]
  return renderFigure(charts, {
    id: 'audience-daily',
    finding: {
      en: `${quote(first.source)} brings ${share.en} of ${shorten(total).en} viewer-minutes`,
      zh: `${quote(first.source)} 占 ${shorten(total).zh} 观看分钟的 ${share.zh}`,
    },
    what: join([
      {
        en: `${measure.en} by source, days of ${audience.timeZone}.`,
        zh: `${measure.zh}，按来源，时区 ${audience.timeZone}。`,
      },
      ...(partial.length > 0
        ? [
            {
              en: `Left out as less than half a usual day: ${partial.join(', ')}.`,
              zh: `未计入数据不足平日一半的 ${partial.join('、')}。`,
            },
          ]
        : []),
      ...(largest.length < audience.daily.length ? [cutNote(largest.length, audience.daily.length)] : []),
    ]),
    chart: lineChart(
      rolled.lines.map((line) => ({ name: line.source, points: line.values.map((value, index) => [index, value]) })),
      { measure: minutesAxis, format: 'compact', across: { en: 'day', zh: '日期' }, labels: rolled.labels },
    ),
    table: renderTable({
      caption: measure,
      rows: rolled.labels.map((label, index) => ({ label, index })),
      limit: 160,
      columns: [
        { head: { en: 'From', zh: '起始日' }, cell: (row) => row.label },
        ...rolled.lines.map((line) => ({
          head: showName(line.source),
          cell: (row: { index: number }) => {
            const value = line.values[row.index]
            return value === null || value === undefined ? dash : writeNumber(value)
          },
          align: 'number' as const,
        })),
      ],
    }),
  })
}

function renderHours(charts: Charts, audience: AudienceData): Html | null {
  const peak = largestOf(audience.hours, (cell) => cell.minutes)
  if (!peak || peak.minutes <= 0) return null
  const grid = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0))
  for (const cell of audience.hours) {
    const row = grid[cell.weekday - 1]
    if (row && cell.hour >= 0 && cell.hour < 24) row[cell.hour] = cell.minutes
  }
  const weekday = weekdayName(peak.weekday)
  return renderFigure(charts, {
    id: 'audience-hours',
    finding: {
      en: `The peak is ${weekday.en} at ${hourName(peak.hour)} ${audience.timeZone}`,
      zh: `高峰在${weekday.zh} ${hourName(peak.hour)}（${audience.timeZone}）`,
    },
    what: {
      en: `Viewer-minutes by weekday and hour of start, ${audience.timeZone}.`,
      zh: `按星期与开始小时统计的观看分钟数，时区 ${audience.timeZone}。`,
    },
    chart: heatMap(grid, minutesAxis),
    table: renderTable({
      caption: { en: 'Viewer-minutes by hour and weekday', zh: '按小时与星期统计的观看分钟数' },
      rows: Array.from({ length: 24 }, (_, hour) => hour),
      columns: [
        { head: { en: 'Hour', zh: '小时' }, cell: hourName },
        ...grid.map((row, day) => ({
          head: weekdayName(day + 1),
          cell: (hour: number) => writeNumber(Math.round(row[hour] ?? 0)),
          align: 'number' as const,
        })),
      ],
    }),
  })
}

function renderReach(charts: Charts, audience: AudienceData): Html | null {
  const rows = [...audience.reach].sort((a, b) => b.reach - a.reach)
  const [first] = rows
  if (!first) return null
  const drawn = rows.slice(0, 400).filter((row) => row.reach > 0)
  const most = Math.max(1, ...drawn.map((row) => row.minutes))
  const least = drawn.at(-1)?.reach ?? 1
  const wide = rows.filter((row) => row.reach >= (rows[Math.floor(rows.length / 2)]?.reach ?? 0))
  const kept = largestOf(wide, (row) => row.completion) ?? first
  return renderFigure(charts, {
    id: 'audience-reach',
    finding: {
      en: `${quote(first.name)} reaches most viewers (${shorten(first.reach).en}; ${writeShare(first.completion).en} finish it); ${quote(kept.name)} is finished most often (${writeShare(kept.completion).en})`,
      zh: `${quote(first.name)} 到达最广（${shorten(first.reach).zh}人，完播率 ${writeShare(first.completion).zh}）；${quote(kept.name)} 完播率最高（${writeShare(kept.completion).zh}）`,
    },
    what: join([
      {
        en: `One mark a title; larger is more viewer-minutes. Finished most often: among the half with the larger reach. Reach: ${audience.reachMinutes} minutes or more. Complete: ${writeShare(audience.completionShare).en} of the runtime.`,
        zh: `每点一部影片，越大观看分钟越多。完播率最高：就到达较广的一半而言。到达：至少 ${audience.reachMinutes}分钟；完播：达到片长的 ${writeShare(audience.completionShare).zh}。`,
      },
      ...(drawn.length < rows.length ? [cutNote(drawn.length, rows.length)] : []),
    ]),
    chart: scatterChart(
      drawn.map((row, index) => ({
        name: row.name,
        x: row.reach,
        y: row.completion,
        weight: Math.max(0, row.minutes) / most,
        named: index < 6,
        tip: {
          en: `${writeNumber(row.reach).en} viewers, ${writeShare(row.completion).en} completed`,
          zh: `${writeNumber(row.reach).zh}人，完播率 ${writeShare(row.completion).zh}`,
        },
      })),
      {
        across: { en: 'reach (viewers)', zh: '到达人数' },
        up: { en: 'completion rate', zh: '完播率' },
        acrossScale: first.reach / least > 50 ? 'log' : 'linear',
        upScale: 'share',
      },
    ),
    table: renderTable({
      caption: { en: 'Reach and completion by title', zh: '各影片的到达与完播' },
      rows,
      columns: [
        { head: { en: 'Title', zh: '片名' }, cell: (row) => showName(row.name) },
        { head: { en: 'Reach', zh: '到达人数' }, cell: (row) => writeNumber(row.reach), align: 'number' },
        { head: { en: 'Completion', zh: '完播率' }, cell: (row) => writeShare(row.completion), align: 'number' },
        { head: { en: 'Viewer-minutes', zh: '观看分钟' }, cell: (row) => writeNumber(row.minutes), align: 'number' },
      ],
    }),
  })
}

function renderRetention(charts: Charts, audience: AudienceData): Html | null {
  const curves = audience.retention.filter((curve) => curve.points.length > 0).slice(0, 6)
  if (curves.length === 0) return null
  const far = writeShare(audience.completionShare)
  const lastOf = (curve: AudienceData['retention'][number]): number => {
    const end = (curve.points.at(-1)?.minute ?? 0) * audience.completionShare
    return curve.points.findLast((point) => point.minute <= end)?.share ?? 0
  }
  const best = largestOf(curves, lastOf)
  const minutes = [...new Set(curves.flatMap((curve) => curve.points.map((point) => point.minute)))].sort(
    (a, b) => a - b,
  )
  const every = Math.ceil(minutes.length / 60)
  const shown = minutes.filter((_, index) => index % every === 0)
  return renderFigure(charts, {
    id: 'audience-retention',
    finding: best
      ? {
          en: `${quote(best.name)} still has ${writeShare(lastOf(best)).en} of its first-minute audience when ${far.en} of it has run`,
          zh: `${quote(best.name)} 播至 ${far.zh} 时仍有 ${writeShare(lastOf(best)).zh} 的首分钟观众`,
        }
      : dash,
    what: join([
      { en: 'Share of the first-minute audience by minute of the programme.', zh: '节目各分钟相对首分钟观众的比例。' },
      ...(curves.length < audience.retention.length ? [cutNote(curves.length, audience.retention.length)] : []),
    ]),
    chart: lineChart(
      curves.map((curve) => ({ name: curve.name, points: curve.points.map((point) => [point.minute, point.share]) })),
      { measure: { en: 'still watching', zh: '仍在观看' }, format: 'share', across: { en: 'minute', zh: '分钟' } },
    ),
    table: renderTable({
      caption: { en: 'Share still watching by minute', zh: '各分钟仍在观看的比例' },
      rows: shown,
      columns: [
        { head: { en: 'Minute', zh: '分钟' }, cell: (minute) => minute },
        ...curves.map((curve) => {
          const shares = new Map(curve.points.map((point) => [point.minute, point.share]))
          return {
            head: showName(curve.name),
            cell: (minute: number) => {
              const share = shares.get(minute)
              return share === undefined ? dash : writeShare(share)
            },
            align: 'number' as const,
          }
        }),
      ],
    }),
  })
}

export function renderAudience(charts: Charts, data: ReportData): Html {
  const { audience } = data
  const figures = audience && [
    renderDaily(charts, audience),
    html`<div class="pair">${audience.breakdowns.map((breakdown) => renderBreakdown(charts, breakdown))}</div>`,
    renderHours(charts, audience),
    renderReach(charts, audience),
    renderRetention(charts, audience),
  ]
  return renderSection(
    'audience',
    { en: 'Audience', zh: '观众' },
    audience
      ? html`<p class="lede">${writePeriod(audience.period)} · ${linkTerm('viewer-minutes')} · ${linkTerm('reach')} · ${linkTerm('completion')} · ${linkTerm('retention')}</p>${figures}${
          audience.reach.length === 0 &&
          renderEmpty({
            en: 'Reach and completion are missing: they need viewers and the runtime of titles.',
            zh: '缺少到达与完播：需要观众编号与影片片长。',
          })
        }${
          audience.retention.length === 0 &&
          renderEmpty({
            en: 'Retention curves are missing: they need playback positions in the viewing logs.',
            zh: '缺少留存曲线：观看日志中需要有播放进度。',
          })
        }`
      : renderEmpty(
          {
            en: 'No viewing log was read, so there is no audience to describe. Add one:',
            zh: '没有读到观看日志，无法描述观众。请添加：',
          },
          'marquee add FILE --kind viewing',
        ),
  )
}
