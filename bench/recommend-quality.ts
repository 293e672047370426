import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { Random } from '../src/kernels/random.ts'
import { bootstrapMean } from '../src/kernels/statistics/bootstrap.ts'
import { measure } from './measure.ts'

/**
 * How well recommendations guess what viewers watched, beside what users would pick instead, on the same splits: nDCG@100, Recall@20 and @50, and
 * for each model its difference in nDCG@100 to the peer, viewer by viewer, with standard error and 95 % interval. Fails where a model is below its peer
 * by more than one standard error of the peer.
 * Usage: recommend-quality.ts FOLDER [--models NAMES] [--python PYTHON] [--threads 2]
 * FOLDER holds train, fold_in and target.csv, or folders that do; all viewers of these are taken together, one who is in several counts once with the
 * mean. val_fold_in and val_target.csv are what the peers are tuned by (`peers/split_plays.py` writes all five); Marquee looks at neither.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    models: { type: 'string', default: 'popularity,item-based,user-based,ease,ials,autoencoder,auto' },
    python: { type: 'string' },
    threads: { type: 'string', default: '2' },
  },
})
const { python, threads } = values
const models = values.models.split(',')
const pathOf = (name: string) => new URL(name, import.meta.url).pathname
const peers = ['popularity', 'cosine', 'bm25', 'user-based', 'ease', 'ials'] as const
const peersOf: Readonly<Record<string, readonly string[]>> = { 'item-based': ['cosine', 'bm25'] }
/** Has no peer of its own kind, and is shown beside the best of all without having to match it. */
const withoutPeer = 'autoencoder'
/** Whom a model is compared with: those of its own kind; other models with all. */
const rivalsOf = (model: string) => peersOf[model] ?? (peers.some((peer) => peer === model) ? [model] : peers)

const metrics = ['ndcg100', 'recall20', 'recall50'] as const
type Values = Readonly<Record<(typeof metrics)[number], readonly number[]>>

/** What lists are worth, one place for each viewer of each split, in order. */
class Judged {
  readonly name: string
  readonly values: Record<(typeof metrics)[number], number[]> = { ndcg100: [], recall20: [], recall50: [] }

  constructor(name: string) {
    this.name = name
  }

  add(values: Values): void {
    for (const metric of metrics) this.values[metric].push(...values[metric])
  }
}

async function splitsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  if (entries.some(({ name }) => name === 'train.csv')) return [folder]
  const nested = entries.filter((entry) => entry.isDirectory()).map(({ name }) => splitsIn(join(folder, name)))
  return (await Promise.all(nested)).flat()
}

/** The viewers to be judged, as target.csv first names them. */
async function viewersOf(split: string): Promise<string[]> {
  const [header = '', ...lines] = (await readFile(join(split, 'target.csv'), 'utf8')).trim().split(/\r?\n/)
  const column = header.split(',').indexOf('user_id')
  return [...new Set(lines.map((line) => line.split(',')[column] as string))]
}

/** The mean of `values` for each viewer: one who is in several splits is one. */
function byViewer(viewers: readonly string[], values: readonly number[]): Float64Array {
  const sums = new Map<string, { sum: number; count: number }>()
  for (const [at, viewer] of viewers.entries()) {
    const { sum, count } = sums.get(viewer) ?? { sum: 0, count: 0 }
    sums.set(viewer, { sum: sum + (values[at] as number), count: count + 1 })
  }
  return Float64Array.from(sums.values(), ({ sum, count }) => sum / count)
}

function estimate(values: Float64Array) {
  const { mean, low, high } = bootstrapMean(values, new Random(1))
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, low, high, error: Math.sqrt(variance / values.length) }
}

const own = new Map(models.map((name) => [name, new Judged(name)]))
const rivals = new Map((python ? models.flatMap(rivalsOf) : []).map((name) => [name, new Judged(name)]))
const share = (value: number) => value.toFixed(4)

interface Row {
  readonly model: string
  /** By how many standard errors of the peer the model is better. */
  readonly errors: number | undefined
  readonly cells: Readonly<Record<string, string>>
}

/** Each model beside the best of its rivals, over the viewers from `from` on. */
function compare(viewers: readonly string[], from: number): Row[] {
  const who = viewers.slice(from)
  const of = ({ values }: Judged, metric: (typeof metrics)[number]) =>
    estimate(byViewer(who, values[metric].slice(from)))
  return [...own.values()].map((model) => {
    const { mean, error } = of(model, 'ndcg100')
    const cells = {
      'nDCG@100': `${share(mean)} ± ${share(error)}`,
      ...{ 'R@20': share(of(model, 'recall20').mean), 'R@50': share(of(model, 'recall50').mean) },
    }
    const [peer] = rivalsOf(model.name)
      .flatMap((name) => rivals.get(name) ?? [])
      .sort((a, b) => of(b, 'ndcg100').mean - of(a, 'ndcg100').mean)
    if (!peer) return { model: model.name, errors: undefined, cells }
    const its = of(peer, 'ndcg100')
    const differences = model.values.ndcg100.map((value, at) => value - (peer.values.ndcg100[at] as number))
    const by = estimate(byViewer(who, differences.slice(from)))
    return {
      model: model.name,
      errors: by.mean / its.error,
      cells: {
        ...cells,
        ...{ peer: peer.name, "peer's nDCG@100": share(its.mean) },
        ...{ "peer's R@20": share(of(peer, 'recall20').mean), "peer's R@50": share(of(peer, 'recall50').mean) },
        difference: `${share(by.mean)} ± ${share(by.error)} [${share(by.low)}, ${share(by.high)}]`,
      },
    }
  })
}

function show(rows: readonly Row[]): void {
  console.table(Object.fromEntries(rows.map(({ model, cells }) => [model, cells])))
}

const [folder] = positionals
if (!folder) throw new Error('Usage: recommend-quality.ts FOLDER [--models NAMES] [--python PYTHON] [--threads 2]')
const viewers: string[] = []
const splits = await splitsIn(folder)
assert(splits.length > 0, `${folder} holds no train.csv`)
for (const split of splits) {
  const judged = await viewersOf(split)
  const take = (of: Judged | undefined, values: Values) => {
    assert(of && values.ndcg100.length === judged.length, `${of?.name} judged other viewers than ${split} names`)
    of.add(values)
  }
  for (const [name, peer] of rivals) {
    const { out } = await measure(python as string, pathOf('peers/recommend_quality.py'), split, name)
    take(peer, JSON.parse(out) as Values)
  }
  const { out, seconds } = await measure(process.execPath, pathOf('recommend/judge.ts'), split, models.join(), threads)
  for (const { name, ...values } of JSON.parse(out) as (Values & { name: string })[]) take(own.get(name), values)
  viewers.push(...judged)
  console.log(`\n${basename(split)}: ${judged.length} viewers; ${seconds.toFixed(0)} s for all models of Marquee`)
  show(compare(viewers, viewers.length - judged.length))
}
const rows = compare(viewers, 0)
if (splits.length > 1) {
  console.log(`\nAll: ${viewers.length} lists for ${new Set(viewers).size} viewers`)
  show(rows)
}
const popular = rows.find(({ model }) => model === 'popularity')?.errors ?? 0
assert(Math.abs(popular) < 0.5, 'popularity differs from that of the peer: a split is not read alike')
const below = rows.filter(({ model, errors = 0 }) => model !== withoutPeer && errors < -1).map(({ model }) => model)
assert.deepEqual(below, [], 'below the peer by more than one standard error')
