import type { Text } from '../../text.ts'
import { quadrantChart } from '../chart/quadrant-chart.ts'
import { type Charts, renderFigure } from '../figure.ts'
import type { Html } from '../html.ts'
import type { AdviceData } from '../report-data.ts'
import { renderTable } from '../table.ts'
import { writeInterval, writeNumber, writeShare } from '../wording.ts'

type Drivers = AdviceData['drivers'][number]
type Driver = Drivers['rows'][number]

const quadrants = {
  fix: { en: 'Improve first', zh: '优先改进' },
  keep: { en: 'Keep it up', zh: '继续保持' },
  wait: { en: 'Can wait', zh: '可以缓办' },
  enough: { en: 'Good enough', zh: '已经够好' },
} as const satisfies Record<string, Text>

/** The mean importance of the aspects, and their mean opinion: what is above and below it is more and less than usual here. */
function middleOf(rows: readonly Driver[]) {
  const mean = (read: (row: Driver) => number) => rows.reduce((sum, row) => sum + read(row), 0) / rows.length
  return { across: mean(({ satisfaction }) => satisfaction), up: mean(({ importance }) => importance) }
}

/**
 * How each aspect stands by importance and opinion against the means of all (importance-performance analysis: Martilla and James, Journal of Marketing
 * 41(1), 1977).
 */
export function placeDrivers(rows: readonly Driver[]): (row: Driver) => keyof typeof quadrants {
  const { across, up } = middleOf(rows)
  return ({ satisfaction, importance }) => {
    if (importance > up) return satisfaction < across ? 'fix' : 'keep'
    return satisfaction < across ? 'wait' : 'enough'
  }
}

/** What matters and is judged worst, as a sentence; of at least one aspect, the most important first. */
export function findDriver({ outcome, rows }: Pick<Drivers, 'outcome' | 'rows'>): Text {
  const placeOf = placeDrivers(rows)
  // What does not surely go with a better outcome is not named as what to improve.
  const first = rows.find((row) => placeOf(row) === 'fix' && row.effectLow > 0)
  if (first) {
    return {
      en: `${first.name.en}: it matters to the ${outcome.en} more than most aspects (${writeShare(first.importance).en} of how it varies), and is judged worse`,
      zh: `${first.name.zh}：对${outcome.zh}比多数方面更重要（占其方差的 ${writeShare(first.importance).zh}），评价却更低`,
    }
  }
  const [most] = rows as [Driver, ...Driver[]]
  return {
    en: `${most.name.en} goes most with the ${outcome.en}: ${writeShare(most.importance).en} of how it varies; no aspect that surely matters is judged below the others`,
    zh: `与${outcome.zh}最相关的是${most.name.zh}：占其方差的 ${writeShare(most.importance).zh}；确有影响的重要方面中没有评价偏低的`,
  }
}

/** What goes with an outcome, against how it is judged. */
export function renderDrivers(charts: Charts, drivers: Drivers, index: number): Html | null {
  const { outcome, observations, explained, rows } = drivers
  if (rows.length === 0) return null
  const placeOf = placeDrivers(rows)
  const importanceOf = ({ importance, importanceLow, importanceHigh }: Driver) =>
    writeInterval(importance, importanceLow, importanceHigh)
  return renderFigure(charts, {
    id: `drivers-${index + 1}`,
    finding: findDriver(drivers),
    what: {
      en: `Up: share of the variance of the ${outcome.en} between ${writeNumber(observations).en} reviews that opinions on the aspect explain, with its 95% interval (all: ${writeShare(explained).en}). Right: the mean opinion on it, from −1 to 1. The lines are the means of the aspects.`,
      zh: `纵轴：${writeNumber(observations).zh} 条评论的${outcome.zh}差异中由该方面评价解释的占比及 95% 区间（合计 ${writeShare(explained).zh}）。横轴：对该方面的平均评价（−1 至 1）。两线为各方面的平均。`,
    },
    chart: quadrantChart(
      rows.map((row) => ({
        ...{ name: row.name, across: row.satisfaction },
        ...{ up: row.importance, low: row.importanceLow, high: row.importanceHigh, tip: importanceOf(row) },
      })),
      {
        across: { en: 'mean opinion', zh: '平均评价' },
        up: { en: 'importance', zh: '重要度' },
        middle: middleOf(rows),
        ...{ upperLeft: quadrants.fix, upperRight: quadrants.keep },
        ...{ lowerLeft: quadrants.wait, lowerRight: quadrants.enough },
      },
    ),
    table: renderTable({
      caption: { en: 'Aspects, the most important first', zh: '各方面，重要者在前' },
      rows,
      columns: [
        { head: { en: 'Aspect', zh: '方面' }, cell: (row) => row.name },
        { head: { en: 'Place', zh: '象限' }, cell: (row) => quadrants[placeOf(row)], align: 'text' },
        { head: { en: 'Reviews', zh: '评论数' }, cell: (row) => writeNumber(row.mentions), align: 'number' },
        { head: { en: 'Opinion', zh: '评价' }, cell: (row) => writeNumber(row.satisfaction), align: 'number' },
        { head: { en: 'Importance', zh: '重要度' }, cell: importanceOf, align: 'number' },
        {
          head: { en: 'Effect', zh: '效应' },
          cell: (row) => writeInterval(row.effect, row.effectLow, row.effectHigh),
          align: 'number',
        },
      ],
    }),
  })
}
