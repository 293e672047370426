import type { ReliabilityBin } from '../../kernels/statistics/judge-probabilities.ts'
import { shareInterval } from '../../kernels/statistics/share-interval.ts'
import type { Text } from '../../text.ts'
import { writeNumber } from '../wording.ts'
import { axisText, base, type Chart, token, valueAxis, whiskers } from './option.ts'

/** How many reviews each mark stands for. */
function sizesOf(bins: readonly ReliabilityBin[]): Text {
  const weights = bins.map(({ weight }) => weight)
  const [least, most] = [Math.min(...weights), Math.max(...weights)].map(writeNumber) as [Text, Text]
  const to = least.en === most.en ? '' : `–${most.en}`
  return {
    en: `Each mark: ${least.en}${to} reviews, with the 95% interval of their share. On the dashed line probabilities are true.`,
    zh: `每点：${least.zh}${to} 条评论及其占比的 95% 区间。落在虚线上即概率属实。`,
  }
}

/**
 * A reliability diagram (校准曲线): of `bins` of reviews, at least one, the share that is favourable over the mean probability given to them.
 * @see DeGroot and Fienberg, "The comparison and evaluation of forecasters", The Statistician 32, 1983; intervals: Wilson 1927
 */
export function reliabilityChart(bins: readonly ReliabilityBin[], title: Text): Chart {
  const axis = (name: Text, extra: { readonly nameGap: number }) =>
    valueAxis(name, 'share', { min: 0, max: 1, interval: 0.2, ...extra })
  return {
    height: 560,
    option: {
      ...base,
      backgroundColor: token('surface'),
      title: {
        text: title,
        subtext: sizesOf(bins),
        left: 16,
        top: 12,
        textStyle: { color: token('ink'), fontSize: 16 },
        subtextStyle: axisText,
      },
      grid: { left: 40, right: 32, top: 76, bottom: 48, containLabel: true },
      xAxis: axis({ en: 'predicted probability of being favourable', zh: '预测的正面概率' }, { nameGap: 30 }),
      yAxis: axis({ en: 'share that is favourable', zh: '实际正面比例' }, { nameGap: 48 }),
      series: [
        {
          type: 'line',
          data: [
            [0, 0],
            [1, 1],
          ],
          symbol: 'none',
          lineStyle: { color: token('muted'), type: 'dashed', width: 1 },
        },
        whiskers(
          bins.map(({ predicted, observed, weight }) => {
            const { low, high } = shareInterval(observed * weight, weight)
            return [
              [predicted, low],
              [predicted, high],
            ]
          }),
          { color: token('ink'), width: 1.5 },
        ),
        {
          type: 'line',
          data: bins.map(({ predicted, observed }) => [predicted, observed]),
          symbol: 'circle',
          symbolSize: 9,
          itemStyle: { color: token('accent') },
          lineStyle: { color: token('accent'), width: 2 },
        },
      ],
    },
  }
}
