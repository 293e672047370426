import { rowOf } from '../../src/kernels/sparse.ts'
import { topK } from '../../src/kernels/top-k.ts'
import { autoencoder } from '../../src/recommend/algorithm/autoencoder.ts'
import { ease } from '../../src/recommend/algorithm/ease.ts'
import { ials } from '../../src/recommend/algorithm/ials.ts'
import { itemBased } from '../../src/recommend/algorithm/item-based.ts'
import type { Recommender } from '../../src/recommend/recommender.ts'
import { trainRecommender } from '../../src/recommend/train-recommender.ts'
import { meanNdcg, readPlays } from './simulated-plays.ts'

/** Fits one model as often as told and prints the seconds of the fastest and its nDCG@100. Usage: fit.ts FOLDER TITLES MODEL TIMES THREADS */
const [folder = '', titles, model = '', times, threads] = process.argv.slice(2)
const { train, foldIn, target } = await readPlays(folder, Number(titles))
const run = {
  seed: 1,
  signal: new AbortController().signal,
  threads: Number(threads),
  memoryBytes: 2 ** 34,
}
const set = { interactions: train }
const itemSettings = (change: object) => itemBased.settings.parse({ neighbours: 100, ...change })
const fits: Record<string, () => Promise<Recommender>> = {
  cosine: () => trainRecommender(itemBased, set, itemSettings({ similarity: 'cosine' }), run),
  bm25: () => trainRecommender(itemBased, set, itemSettings({ similarity: 'bm25' }), run),
  ease: () => trainRecommender(ease, set, { l2: 300 }, run),
  ials: () => trainRecommender(ials, set, ials.settings.parse({ alpha0: 0.3, l2: 0.003, passes: 10 }), run),
  autoencoder: () => trainRecommender(autoencoder, set, autoencoder.settings.parse({}), run),
}
const trainOnce = fits[model]
if (!trainOnce) throw new Error(`MODEL is one of ${Object.keys(fits).join(', ')}`)
async function timed(train: () => Promise<Recommender>) {
  const started = performance.now()
  return { fitted: await train(), seconds: (performance.now() - started) / 1000 }
}
let { fitted, seconds } = await timed(trainOnce)
for (let time = 1; time < Number(times); time++) {
  const again = await timed(trainOnce)
  fitted = again.fitted
  seconds = Math.min(seconds, again.seconds)
}
const scores = new Float64Array(fitted.titles)
const ndcg = meanNdcg(target, (viewer) => {
  const history = rowOf(foldIn, viewer)
  fitted.score(history, scores)
  for (const told of history.index) scores[told] = Number.NEGATIVE_INFINITY
  return topK(scores, 100)
})
console.log(JSON.stringify({ seconds, ndcg }))
