import type { Text } from '../../text.ts'
import { shorten } from '../wording.ts'
import { axisText, base, type Chart, nameAxis, token } from './option.ts'

export const weekdays: readonly Text[] = [
  { en: 'Mon', zh: '周一' },
  { en: 'Tue', zh: '周二' },
  { en: 'Wed', zh: '周三' },
  { en: 'Thu', zh: '周四' },
  { en: 'Fri', zh: '周五' },
  { en: 'Sat', zh: '周六' },
  { en: 'Sun', zh: '周日' },
]

export const weekdayName = (weekday: number): Text => weekdays[weekday - 1] ?? { en: '?', zh: '？' }

export const hourName = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

/** Weekday by hour: `grid[weekday - 1][hour]`. */
export function heatMap(grid: readonly (readonly number[])[], measure: Text): Chart {
  const cells = grid.flatMap((row, day) =>
    row.map((value, hour) => {
      const weekday = weekdayName(day + 1)
      const tip = { en: `${weekday.en} ${hourName(hour)}`, zh: `${weekday.zh} ${hourName(hour)}` }
      return { value: [hour, day, value], tip: [tip, shorten(value)] }
    }),
  )
  const most = Math.max(1, ...grid.flat())
  const end = { en: `${shorten(most).en} ${measure.en}`, zh: `${shorten(most).zh} ${measure.zh}` }
  return {
    height: 330,
    option: {
      ...base,
      grid: { left: 8, right: 8, top: 8, bottom: 64, containLabel: true },
      xAxis: nameAxis(grid[0]?.map((_, hour) => String(hour).padStart(2, '0')) ?? [], {
        axisLabel: { ...axisText, fontSize: 11, hideOverlap: true },
      }),
      yAxis: nameAxis(weekdays, { inverse: true }),
      visualMap: {
        type: 'continuous',
        min: 0,
        max: most,
        orient: 'horizontal',
        left: 'center',
        bottom: 0,
        itemWidth: 12,
        itemHeight: 140,
        text: [end, '0'],
        textStyle: { color: token('muted'), fontSize: 12 },
        inRange: { color: token('ramp') },
      },
      series: [{ type: 'heatmap', data: cells, itemStyle: { borderColor: token('surface'), borderWidth: 1 } }],
    },
  }
}
