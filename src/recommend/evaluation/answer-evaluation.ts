import type { z } from 'zod'
import type { Work } from '../catalogue.ts'
import { byTitlesTold, type ToldQuality } from './cold-start.ts'
import { type Evaluated, type Evaluation, type ListMetric, listMetrics } from './evaluate-models.ts'
import type { evaluationResult } from './evaluation-result.ts'
import { measureExposure } from './exposure.ts'
import type { Split } from './held-out.ts'

type Answer = z.output<typeof evaluationResult>

const orNull = (value: number) => (Number.isNaN(value) ? null : value)

/** The columns of each of `metrics`: mean and interval. */
function columnsOf<M extends ListMetric>(metrics: readonly M[], estimates: Pick<Evaluated['estimates'], M>) {
  const columns = metrics.flatMap((metric) => {
    const { mean, low, high } = estimates[metric]
    return [
      [metric, orNull(mean)],
      [`${metric}Low`, orNull(low)],
      [`${metric}High`, orNull(high)],
    ]
  })
  return Object.fromEntries(columns) as Record<M, number | null>
}

function modelRow({ name, candidate, estimates, quality, trainSeconds, listsPerSecond }: Evaluated) {
  return {
    ...columnsOf(listMetrics, estimates),
    ...{ model: name, coverage: quality.coverage, trainSeconds, listsPerSecond },
    ...{ validationNdcg100: candidate.ndcg100, settingsTried: candidate.tried },
    settings: JSON.stringify(candidate.settings),
  }
}

const toldRow = (model: string, { told, viewers, ...estimates }: ToldQuality) => ({
  ...columnsOf(['ndcg100', 'recall20'], estimates),
  ...{ model, told, viewers },
})

/**
 * What an evaluation came to, as an answer. Exposure is that of the best model and of `auto`, none without `works`; by how much is told,
 * the best model, `auto` and popularity are compared, where they were judged.
 */
export function answerEvaluation(
  { train: { interactions }, heldOut }: Split,
  { models, comparisons, leftOut, why }: Evaluation,
  { works, seed }: { works: readonly Work[] | undefined; seed: number },
): Answer {
  const among = (...names: string[]) => models.filter(({ name }, place) => place === 0 || names.includes(name))
  const compared = among('auto', 'popularity')
  return {
    viewers: interactions.rows,
    titles: interactions.columns,
    plays: interactions.index.length,
    testViewers: heldOut.target.rows,
    rows: models.map(modelRow),
    comparisons: comparisons.map(({ best, other, difference: { mean, low, high, pValue } }) => ({
      ...{ best, other, difference: mean, low, high, pValue },
    })),
    coldStart: compared.flatMap(({ name, coldStart = [] }) => coldStart.map((row) => toldRow(name, row))),
    byTitlesTold: compared.flatMap(({ name, quality }) =>
      byTitlesTold(quality, heldOut.foldIn, seed).map((row) => toldRow(name, row)),
    ),
    exposure: works
      ? among('auto').flatMap(({ name, quality: { shown } }) =>
          measureExposure(shown, heldOut.foldIn, interactions, works).map((row) => ({ model: name, ...row })),
        )
      : [],
    notes: [
      ...(why ? [{ en: `auto: ${why.en}`, zh: `auto：${why.zh}` }] : []),
      ...leftOut.map(({ algorithm, why: { en, zh } }) => ({
        en: `${algorithm} is left out: ${en}`,
        zh: `略去 ${algorithm}：${zh}`,
      })),
    ],
  }
}
