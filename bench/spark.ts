import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findSpark } from '../test/support/spark.ts'
import { peakMemoryMb } from './measure.ts'
import { BenchProjects, type Build, cores, measureBuild, type Totals } from './spark/bench-project.ts'
import { startBenchServer } from './spark/bench-server.ts'
import { compareClients } from './spark/compare-clients.ts'
import { makeRawData, makeSample } from './spark/raw-data.ts'
import { reportWork, workOf } from './spark/work-of-executors.ts'

/**
 * The whole build of simulated raw files on DuckDB, on Spark in local mode and on a cluster of two workers, which must find the
 * same rows; with --pyspark also against the same statements sent by Spark's own client. What --data names keeps the raw files.
 * Usage: spark.ts [--rows 1000000] [--quick] [--on duckdb,local,cluster] [--pyspark] [--memory 2g] [--data FOLDER]
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    quick: { type: 'boolean', default: false },
    on: { type: 'string', default: 'duckdb,local,cluster' },
    pyspark: { type: 'boolean', default: false },
    memory: { type: 'string', default: '2g' },
    data: { type: 'string' },
  },
})
const rows = values.quick ? 20_000 : Number(values.rows)
const systems = values.on.split(',')
if (!Number.isSafeInteger(rows) || rows < 1) throw new Error(`--rows ${values.rows} is no number of rows`)
for (const system of systems) {
  if (!['duckdb', 'local', 'cluster'].includes(system)) throw new Error(`--on does not know ${system}`)
}
const spark = findSpark()
if (!spark && values.on !== 'duckdb') throw new Error('Spark is not installed: npm run test:setup')

const folder = await mkdtemp(join(tmpdir(), 'marquee-bench-'))
let expected: Totals | undefined

function report(system: string, build: Build, sparkMemory = ''): void {
  const { read, accepted, duplicates, quarantined } = build.totals
  console.log(`${system}: ${build.seconds.toFixed(2)} s; Marquee ${build.peakMb.toFixed(0)} MB${sparkMemory}`)
  console.log(`  ${read} rows read = ${accepted} accepted + ${duplicates} duplicates + ${quarantined} quarantined`)
  expected ??= build.totals
  if (JSON.stringify(build.totals) !== JSON.stringify(expected)) throw new Error(`${system} finds other rows`)
}

try {
  const data = values.data ?? join(folder, 'data')
  await mkdir(data, { recursive: true })
  const sample = await makeSample(data)
  const raw = await makeRawData(data, rows, sample)
  const projects = await BenchProjects.in(join(folder, 'projects'))
  console.log(`${raw.summary.plays} plays of ${raw.summary.viewers} viewers; ${cores} threads or cores each`)
  if (systems.includes('duckdb')) report('DuckDB', await measureBuild(await projects.make(raw)))
  for (const kind of ['local', 'cluster'] as const) {
    if (!systems.includes(kind) || !spark) continue
    const server = await startBenchServer(kind, {
      sparkSubmit: spark.submit,
      folder: join(folder, kind),
      memory: values.memory,
    })
    try {
      await measureBuild(await projects.make(sample, server.address))
      const before = await workOf(server.ui)
      const build = await measureBuild(await projects.make(raw, server.address))
      const { driver, executors } = server.processes()
      const peaks = await Promise.all([driver, ...executors].map(peakMemoryMb))
      const memory = peaks.map((peak) => peak.toFixed(0)).join(' + ')
      report(kind === 'local' ? `Spark local[${cores}]` : `Spark, ${cores} workers`, build, `, Spark ${memory} MB`)
      if (kind === 'cluster') await reportWork(server.ui, before)
      if (values.pyspark) {
        const { address } = server
        await compareClients({ projects, raw, address, python: spark.python, folder: join(folder, 'recording') })
      }
    } finally {
      await server.stop()
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
