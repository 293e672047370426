import { rowOf } from '../../src/kernels/sparse.ts'
import { topK } from '../../src/kernels/top-k.ts'
import { ease } from '../../src/recommend/algorithm/ease.ts'
import { ials } from '../../src/recommend/algorithm/ials.ts'
import { trainRecommender } from '../../src/recommend/train-recommender.ts'
import { meanNdcg, readPlays } from './simulated-plays.ts'

/** Fits one model as often as told and prints the seconds of the fastest and its nDCG@100. Usage: fit.ts FOLDER TITLES MODEL TIMES THREADS */
const [folder = '', titles, model, times, threads] = process.argv.slice(2)
const { train, foldIn, target } = await readPlays(folder, Number(titles))
const run = {
  seed: 1,
  signal: new AbortController().signal,
  threads: Number(threads),
  memoryBytes: 2 ** 34,
}
const trained = () =>
  model === 'ease'
    ? trainRecommender(ease, { interactions: train }, { l2: 300 }, run)
    : trainRecommender(ials, { interactions: train }, ials.settings.parse({ alpha0: 0.3, l2: 0.003, passes: 10 }), run)
let seconds = Number.POSITIVE_INFINITY
let fitted = await timed()
async function timed() {
  const started = performance.now()
  const result = await trained()
  seconds = Math.min(seconds, (performance.now() - started) / 1000)
  return result
}
for (let time = 1; time < Number(times); time++) fitted = await timed()
const scores = new Float64Array(fitted.titles)
const ndcg = meanNdcg(target, (viewer) => {
  const history = rowOf(foldIn, viewer)
  fitted.score(history, scores)
  for (const told of history.index) scores[told] = Number.NEGATIVE_INFINITY
  return topK(scores, 100)
})
console.log(JSON.stringify({ seconds, ndcg }))
