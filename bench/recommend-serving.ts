import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { rowOf } from '../src/kernels/matrices/sparse.ts'
import { encodeModel } from '../src/models/saved-model.ts'
import { hybrid } from '../src/recommend/algorithm/hybrid.ts'
import { ials } from '../src/recommend/algorithm/ials.ts'
import { itemBased } from '../src/recommend/algorithm/item-based.ts'
import type { ViewerHistory } from '../src/recommend/interests.ts'
import { listForAll } from '../src/recommend/list-threads.ts'
import { listBy, rankingOf } from '../src/recommend/list-titles.ts'
import type { Recommender } from '../src/recommend/recommender.ts'
import { trainRecommender } from '../src/recommend/train-recommender.ts'
import { saveTrained } from '../src/recommend/trained-model.ts'
import { measure, peakMemoryMb } from './measure.ts'
import { simulatePlays, writePlays } from './recommend/simulated-plays.ts'

/**
 * Serving on simulated plays: the time of one request (fold-in of a history never seen, the best 20 of all titles that were not watched) in one
 * thread, and of the lists of all viewers on all threads, with --python beside implicit's on as many; CPU seconds tell more on a machine that is busy.
 * Usage: recommend-serving.ts [--viewers 20000] [--titles 100000] [--plays 2000000] [--requests 2000] [--threads 2] [--python PYTHON]
 */
const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '20000' },
    titles: { type: 'string', default: '100000' },
    plays: { type: 'string', default: '2000000' },
    requests: { type: 'string', default: '2000' },
    threads: { type: 'string', default: '2' },
    python: { type: 'string' },
  },
})
const [titles, requests, threads] = [Number(values.titles), Number(values.requests), Number(values.threads)]
const count = 20
const { signal } = new AbortController()
const run = { seed: 1, signal, threads, memoryBytes: 2 ** 34 }
const folder = await mkdtemp(join(tmpdir(), 'marquee-bench-'))
const plays = simulatePlays(Number(values.viewers), titles, Number(values.plays))
const set = { interactions: plays.train }
const noFacts = () => {
  throw new Error('lists by score alone need no facts')
}

const request = { count, boosts: new Map<number, number>(), pins: [], diversity: 0, exploration: 0, seed: 1 }
const leftOut = new Uint32Array(0)

/** Milliseconds of each of `requests` requests, in order. */
function timeRequests(model: Recommender): Float64Array {
  const scores = new Float64Array(titles)
  const times = new Float64Array(requests)
  for (let i = -50; i < requests; i++) {
    const history = rowOf(plays.foldIn, (i + 50) % plays.foldIn.rows)
    const started = performance.now()
    const listed = listBy(rankingOf(model, history), [history.index], request, noFacts, scores)
    if (i >= 0) times[i] = performance.now() - started
    if (listed.length !== count || listed.some(({ title }) => history.index.includes(title))) {
      throw new Error('a list is short or holds what was watched')
    }
  }
  return times.sort()
}

async function* everybody(): AsyncGenerator<ViewerHistory> {
  for (let viewer = 0; viewer < plays.train.rows; viewer++) {
    yield { viewerId: String(viewer), history: rowOf(plays.train, viewer) }
  }
}

interface Times {
  readonly seconds: number
  readonly cpuSeconds: number
}

async function timeBatch(model: Recommender): Promise<Times> {
  const path = join(folder, 'batch.model')
  const titleIds = Array.from({ length: titles }, (_, title) => String(title))
  await writeFile(path, encodeModel(saveTrained({ model, titleIds, weighing: { halfLifeDays: null } })))
  const [started, before] = [performance.now(), process.cpuUsage()]
  let lists = 0
  const order = { path, request, leftOut, withSeen: false }
  for await (const some of listForAll(everybody(), order, threads, signal)) lists += some.length
  if (lists !== plays.train.rows) throw new Error(`${lists} lists`)
  const { user, system } = process.cpuUsage(before)
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 }
}

const members = (...names: string[]) =>
  hybrid.settings.parse({ members: names.map((algorithm) => ({ algorithm, weight: 1 })) })
const models: Record<string, () => Promise<Recommender>> = {
  'item-based': () => trainRecommender(itemBased, set, itemBased.settings.parse({}), run),
  ials: () => trainRecommender(ials, set, ials.settings.parse({ passes: 5 }), run),
  'blend of item-based, ials and popularity': () =>
    trainRecommender(hybrid, set, members('item-based', 'ials', 'popularity'), run),
}

try {
  await writePlays(folder, plays)
  console.log(`${set.interactions.index.length} plays of ${values.viewers} viewers and ${titles} titles`)
  for (const [name, train] of Object.entries(models)) {
    const model = await train()
    const times = timeRequests(model)
    const at = (share: number) => (times[Math.floor(share * (requests - 1))] as number).toFixed(2)
    console.log(`${name}: one list ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, 99th ${at(0.99)} ms, one thread`)
    const inWords = ({ seconds, cpuSeconds }: Times) => `${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} CPU s`
    console.log(`  all viewers: ${inWords(await timeBatch(model))} on ${threads} threads`)
    const peer = { 'item-based': 'cosine', ials: 'ials' }[name]
    if (!values.python || !peer) continue
    const script = new URL('peers/serve_recommender.py', import.meta.url).pathname
    const { out } = await measure(values.python, script, folder, String(titles), peer, String(threads))
    console.log(`  implicit, all viewers: ${inWords(JSON.parse(out) as Times)}`)
  }
  console.log(`peak memory ${(await peakMemoryMb(process.pid)).toFixed(0)} MB`)
} finally {
  await rm(folder, { recursive: true })
}
