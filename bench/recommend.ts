import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measure } from './measure.ts'
import { simulatePlays, writePlays } from './recommend/simulated-plays.ts'

/**
 * Training on simulated plays: seconds of the fastest of several fits, nDCG@100 of the result and the peak memory of the process,
 * with --python beside what users would pick instead (numpy for EASE, implicit for the others), both in turn and on as many threads.
 * Usage: recommend.ts [--viewers 6000] [--titles 4000] [--plays 1000000] [--models cosine,bm25,ease,ials] [--times 3] [--threads 2] [--python PYTHON]
 */
const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '6000' },
    titles: { type: 'string', default: '4000' },
    plays: { type: 'string', default: '1000000' },
    models: { type: 'string', default: 'cosine,bm25,ease,ials' },
    times: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    python: { type: 'string' },
  },
})
const { titles, times, threads, python } = values
const scriptAt = (path: string) => new URL(path, import.meta.url).pathname
const folder = await mkdtemp(join(tmpdir(), 'marquee-bench-'))

async function measureFit(name: string, command: string, script: string, model: string): Promise<number> {
  const { out, peakMb } = await measure(command, scriptAt(script), folder, titles, model, times, threads)
  const { seconds, ndcg } = JSON.parse(out) as { seconds: number; ndcg: number }
  console.log(`${model}, ${name}: ${seconds.toFixed(2)} s, nDCG@100 ${ndcg.toFixed(4)}, peak ${peakMb.toFixed(0)} MB`)
  return seconds
}

// Compiled code is kept from one process to the next, so that none of them strips types: what users run is compiled.
process.env.NODE_COMPILE_CACHE = join(folder, 'compiled')

try {
  const plays = simulatePlays(Number(values.viewers), Number(titles), Number(values.plays))
  await writePlays(folder, plays)
  console.log(`${plays.train.index.length} plays of ${values.viewers} viewers and ${titles} titles; ${threads} threads`)
  await measure(process.execPath, scriptAt('recommend/fit.ts'), folder, titles, 'cosine', '1', threads)
  for (const model of values.models.split(',')) {
    const own = await measureFit('Marquee', process.execPath, 'recommend/fit.ts', model)
    if (!python) continue
    const peer = await measureFit('peer', python, 'peers/fit_recommender.py', model)
    console.log(`${model}: ratio ${(own / peer).toFixed(2)}`)
  }
} finally {
  await rm(folder, { recursive: true })
}
