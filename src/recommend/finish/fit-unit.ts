import { fitLogistic, type Samples } from '../../kernels/regression/logistic-regression.ts'
import type { DrawnSamples } from './draw-samples.ts'
import { type FinishUnit, scaled } from './finish-model.ts'
import {
  contextMeasures,
  type Measure,
  measureContext,
  measureTitle,
  type TitleAspects,
  titleMeasures,
} from './measures.ts'
import type { PlayContext } from './play-context.ts'

/** A device or source of fewer samples is not told apart. */
const fewestOfValue = 20
const mostValues = 12

/** The commonest values, so that each has enough samples. */
function commonest(values: readonly (string | undefined)[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== undefined) counts.set(value, 1 + (counts.get(value) ?? 0))
  return [...counts]
    .filter(([, count]) => count >= fewestOfValue)
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, mostValues)
    .map(([value]) => value)
}

interface Scale {
  readonly measure: Measure
  readonly mean: number
  readonly deviation: number
}

/** Mean and deviation of what `read` gives, by weight, unknown values left out; undefined where all are equal. */
function scaleOf(measure: Measure, read: (i: number) => number, weight: readonly number[]): Scale[] {
  let [total, sum, squares] = [0, 0, 0]
  for (const [i, own] of weight.entries()) {
    const value = read(i)
    if (Number.isNaN(value)) continue
    const step = value - (total > 0 ? sum / total : value)
    sum += own * value
    squares += step * own * (value - sum / (total + own))
    total += own
  }
  const deviation = Math.sqrt(squares / total)
  return deviation > 1e-9 ? [{ measure, mean: sum / total, deviation }] : []
}

/** What a unit looks at, before it is fitted. */
export interface FeatureSpace {
  readonly title: readonly Scale[]
  readonly context: readonly Scale[]
}

/** The measures that differ among `drawn`. */
export function featureSpace(drawn: DrawnSamples, titles: TitleAspects): FeatureSpace {
  const { context, title, weight } = drawn
  const moments = [...new Set(context)]
  const measures = contextMeasures(
    commonest(moments.map(({ device }) => device)),
    commonest(moments.map(({ source }) => source)),
  )
  const at = (i: number) => context[i] as PlayContext
  return {
    title: titleMeasures.flatMap((one) =>
      scaleOf(one, (i) => measureTitle(one, titles, title[i] as number, at(i).at), weight),
    ),
    context: measures.flatMap((one) => scaleOf(one, (i) => measureContext(one, at(i)), weight)),
  }
}

/** The numbers that a unit of `space` gets for `drawn`: scores, title, context, context times kind. */
export function samplesOf(
  drawn: DrawnSamples,
  titles: TitleAspects,
  space: FeatureSpace,
  scores: FinishUnit['scores'],
): Samples {
  const kind = space.title.find(({ measure: { of } }) => of === 'kind')
  const rows = drawn.title.map((title, i) => {
    const context = drawn.context[i] as PlayContext
    const all = drawn.scores[i] as number[]
    const moment = space.context.map((one) => scaled(measureContext(one.measure, context), one))
    const ofKind = kind ? scaled(titles.isSeries[title] as number, kind) : 0
    return [
      ...(scores === 'whole' ? all.slice(0, 1) : all.slice(1)),
      ...space.title.map((one) => scaled(measureTitle(one.measure, titles, title, context.at), one)),
      ...moment,
      ...(kind ? moment.map((value) => value * ofKind) : []),
    ]
  })
  const columns = rows[0]?.length ?? 0
  const features = new Float64Array(rows.length * columns)
  for (const [i, row] of rows.entries()) features.set(row, i * columns)
  return { columns, features, outcome: Uint8Array.from(drawn.outcome), weight: Float64Array.from(drawn.weight) }
}

/** The unit of `space` that fits `samples`, and whether the fit came to its end. */
export function fitUnit(
  samples: Samples,
  space: FeatureSpace,
  scores: FinishUnit['scores'],
  l2: number,
): { unit: FinishUnit; converged: boolean } {
  const { intercept, coefficients, converged } = fitLogistic(samples, l2)
  const [ofTitle, ofContext] = [space.title.length, space.context.length]
  const isWithKind = space.title.some(({ measure: { of } }) => of === 'kind')
  const scoreCount = samples.columns - ofTitle - ofContext * (isWithKind ? 2 : 1)
  const weight = (place: number) => coefficients[scoreCount + place] as number
  return {
    converged,
    unit: {
      ...{ scores, intercept, scoreWeights: [...coefficients.subarray(0, scoreCount)] },
      titleTerms: space.title.map((one, j) => ({ ...one, weight: weight(j) })),
      contextTerms: space.context.map((one, c) => ({
        ...{ ...one, weight: weight(ofTitle + c) },
        withKind: isWithKind ? weight(ofTitle + ofContext + c) : 0,
      })),
    },
  }
}

/** What `unit` says of each of `samples`, which are of its features. */
export function logitsOf({ columns, features, outcome }: Samples, unit: FinishUnit): Float64Array {
  const { intercept, scoreWeights, titleTerms, contextTerms } = unit
  const theta = [
    ...scoreWeights,
    ...titleTerms.map(({ weight }) => weight),
    ...contextTerms.map(({ weight }) => weight),
    ...contextTerms.map(({ withKind }) => withKind),
  ]
  return Float64Array.from(outcome, (_, i) => {
    let x = intercept
    for (let k = 0; k < columns; k++) x += (theta[k] as number) * (features[i * columns + k] as number)
    return x
  })
}
