import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { measure } from './measure.ts'
import { simulatePlays, writePlays } from './recommend/simulated-plays.ts'

/**
 * Training on simulated plays: fewest seconds and CPU seconds of several fits, nDCG@100 of the result and the peak memory of the process,
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
const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'marquee-bench-'))

/** Compiles `recommend/fit.ts`, as what users run is compiled: stripping types takes memory in each thread. Gives its path. */
async function compileFit(): Promise<string> {
  const compiler = fileURLToPath(import.meta.resolve('typescript/bin/tsc'))
  await measure(process.execPath, compiler, '-p', pathOf('recommend/tsconfig.json'), '--outDir', folder)
  const [kernels, modules] = ['src/kernels/wasm', 'node_modules']
  await cp(pathOf(`../${kernels}`), join(folder, kernels), { recursive: true })
  await symlink(pathOf(`../${modules}`), join(folder, modules))
  await cp(pathOf('../package.json'), join(folder, 'package.json'))
  return join(folder, 'bench/recommend/fit.js')
}

async function measureFit(name: string, command: string, script: string, model: string): Promise<number> {
  const { out, peakMb } = await measure(command, script, folder, titles, model, times, threads)
  const { seconds, cpuSeconds, ndcg } = JSON.parse(out) as { seconds: number; cpuSeconds: number; ndcg: number }
  const taken = `${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} CPU s`
  console.log(`${model}, ${name}: ${taken}, nDCG@100 ${ndcg.toFixed(4)}, peak ${peakMb.toFixed(0)} MB`)
  return cpuSeconds
}

try {
  const plays = simulatePlays(Number(values.viewers), Number(titles), Number(values.plays))
  await writePlays(folder, plays)
  console.log(`${plays.train.index.length} plays of ${values.viewers} viewers and ${titles} titles; ${threads} threads`)
  const fit = await compileFit()
  for (const model of values.models.split(',')) {
    const own = await measureFit('Marquee', process.execPath, fit, model)
    if (!python) continue
    const peer = await measureFit('peer', python, pathOf('peers/fit_recommender.py'), model)
    console.log(`${model}: ${(own / peer).toFixed(2)} of the peer's CPU seconds`)
  }
} finally {
  await rm(folder, { recursive: true })
}
