import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { measure } from './measure.ts'

/**
 * How well recommendations guess what viewers watched, and with --python what users would pick instead, on the same splits: nDCG@100 and
 * Recall@20, the difference to the peer in standard errors, seconds with the search for settings and peak memory, each model in a
 * process of its own. Fails where a model is below its peer by more than one standard error.
 * Usage: recommend-quality.ts FOLDER [--models popularity,item-based,user-based,ease,ials,auto] [--python PYTHON] [--threads 2]
 * FOLDER holds train, fold_in and target.csv, or folders that do; val_fold_in and val_target.csv are what the peers are tuned by
 * (`peers/split_plays.py` writes all five).
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    models: { type: 'string', default: 'popularity,item-based,user-based,ease,ials,auto' },
    python: { type: 'string' },
    threads: { type: 'string', default: '2' },
  },
})
const { python, threads } = values
const models = values.models.split(',')
const cli = new URL('../src/cli/main.ts', import.meta.url).pathname
const script = new URL('peers/recommend_quality.py', import.meta.url).pathname
const peers = ['popularity', 'cosine', 'bm25', 'user-based', 'ease', 'ials'] as const
const peersOf: Readonly<Record<string, readonly string[]>> = { 'item-based': ['cosine', 'bm25'], auto: peers }
const rivalsOf = (model: string) => peersOf[model] ?? [model]

interface Measured {
  readonly ndcg100: number
  readonly recall20: number
  readonly seconds: number
  readonly peakMb: number
}

interface Peer extends Measured {
  readonly name: string
  readonly ndcg100Error: number
}

async function splitsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  if (entries.some(({ name }) => name === 'train.csv')) return [folder]
  const nested = entries.filter((entry) => entry.isDirectory()).map(({ name }) => splitsIn(join(folder, name)))
  return (await Promise.all(nested)).flat()
}

async function measureOwn(split: string, model: string): Promise<Measured> {
  const files = ['train', 'fold-in', 'target'].flatMap((part) => [
    `--${part}`,
    join(split, `${part.replace('-', '_')}.csv`),
  ])
  const words = ['recommend', 'evaluate', ...files, '--model', model, '--threads', threads, '--json']
  const { out, seconds, peakMb } = await measure(process.execPath, cli, ...words)
  const { rows } = JSON.parse(out) as { rows: { ndcg100: number; recall20: number }[] }
  const [row] = rows
  assert(row, `${model} was left out: ${out}`)
  return { ndcg100: row.ndcg100, recall20: row.recall20, seconds, peakMb }
}

async function measurePeer(split: string, name: string): Promise<Peer> {
  const { out, seconds, peakMb } = await measure(python as string, script, split, name)
  return { ...(JSON.parse(out) as Omit<Peer, 'name'>), name, seconds, peakMb }
}

const better = <M extends Measured>(one: M, other: M) => (other.ndcg100 > one.ndcg100 ? other : one)
const share = (value: number) => value.toFixed(4)

const [folder] = positionals
if (!folder) throw new Error('Usage: recommend-quality.ts FOLDER [--models NAMES] [--python PYTHON] [--threads 2]')
const below: string[] = []
for (const split of await splitsIn(folder)) {
  console.log(`\n${basename(split)}`)
  const measuredPeers = new Map<string, Peer>()
  for (const name of python ? new Set(models.flatMap(rivalsOf)) : [])
    measuredPeers.set(name, await measurePeer(split, name))
  const table = []
  for (const model of models) {
    const own = await measureOwn(split, model)
    assert(
      own.ndcg100 > 0 && own.ndcg100 < 1 && own.recall20 > 0 && own.recall20 < 1,
      `${model} has no hits, or only hits`,
    )
    const rivals = rivalsOf(model).flatMap((name) => measuredPeers.get(name) ?? [])
    const peer = rivals.length > 0 ? rivals.reduce(better) : undefined
    const errors = peer ? (own.ndcg100 - peer.ndcg100) / peer.ndcg100Error : undefined
    if (model === 'popularity' && errors !== undefined) {
      assert(Math.abs(errors) < 0.5, 'popularity differs from that of the peer: the split is not read alike')
    }
    if (errors !== undefined && errors < -1) below.push(`${basename(split)} ${model}`)
    table.push({
      ...{ model, 'nDCG@100': share(own.ndcg100), 'Recall@20': share(own.recall20) },
      ...(peer && errors !== undefined
        ? { peer: peer.name, "peer's nDCG": share(peer.ndcg100), "peer's R@20": share(peer.recall20) }
        : {}),
      ...(errors === undefined ? {} : { 'standard errors': errors.toFixed(2) }),
      ...{ s: own.seconds.toFixed(1), MB: own.peakMb.toFixed(0) },
      ...(peer ? { "peer's s": peer.seconds.toFixed(1), "peer's MB": peer.peakMb.toFixed(0) } : {}),
    })
  }
  console.table(table)
}
assert.deepEqual(below, [], 'below the peer by more than one standard error')
