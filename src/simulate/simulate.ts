import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hash32, Random } from '../kernels/random.ts'
import { type Progress, silentProgress } from '../progress.ts'
import { genres, makeCatalogue } from './catalogue.ts'
import { writeCatalogue } from './catalogue-files.ts'
import { formatDay } from './local-time.ts'
import { writeOpinions } from './opinion-files.ts'
import { OutputFile } from './output-file.ts'
import { checkOptions, endDay, type SimulateOptions } from './parameters.ts'
import { describeViewer, Plays } from './plays.ts'
import { Popularity } from './popularity.ts'
import { readme } from './readme.ts'
import { Schedule } from './schedule.ts'
import type { SimulationSummary } from './simulation-summary.ts'
import { cobaltPath, SourceWriter } from './source-writer.ts'
import { playSources } from './sources.ts'
import { writeChangjiang, writeHarbour } from './station-files.ts'
import { csvLine, Truth } from './truth.ts'

async function writeViewers(folder: string, viewers: number, seed: number): Promise<void> {
  const file = new OutputFile(folder, 'truth/viewers.csv')
  file.write('source,viewer,favourite_genre')
  const sources = playSources.map((source) => csvLine([source.name]))
  for (let viewer = 0; viewer < viewers; viewer++) {
    const { source, genre } = describeViewer(seed, viewer)
    const id = playSources[source]?.viewerId(viewer).replaceAll('"', '') ?? ''
    file.write(`${sources[source]},${id},${genres[genre]}`)
    if (file.isFull) await file.drain()
  }
  await file.close()
}

async function writeAll(
  folder: string,
  options: SimulateOptions,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<SimulationSummary> {
  const { viewers, days, seed, catalogue: kind = 'vega' } = options
  const startDay = endDay - days
  const stream = (index: number): Random => new Random(hash32(seed % 2 ** 32, index) * 2 ** 20 + (seed % 2 ** 20))
  progress.step({ en: 'Writing the catalogue', zh: '写入片库' })
  const catalogue = makeCatalogue(kind, stream(1), startDay, endDay)
  const harbour = new Schedule(catalogue, startDay, 0, 2)
  const changjiang = new Schedule(catalogue, startDay, 1, 2)
  const rows: Record<string, number> = {
    ...(await writeCatalogue(folder, catalogue)),
    ...(await writeHarbour(folder, catalogue, harbour, startDay, stream(2))),
    ...(await writeChangjiang(folder, catalogue, changjiang, startDay)),
    ...(await writeOpinions(folder, catalogue, { viewers, seed }, startDay, stream(3))),
  }
  await writeViewers(folder, viewers, seed)

  progress.step({ en: 'Writing plays', zh: '写入播放记录' })
  const truth = new Truth(folder, catalogue, startDay, days)
  const random = stream(4)
  const paths = ['aurora/watch_records.csv', '青峰/播放记录.csv', cobaltPath(startDay), '长江卫视/收视记录.tsv']
  const writers = playSources.map(
    (source, index) => new SourceWriter(folder, source, catalogue, truth, random, paths[index] ?? ''),
  )
  const popularity = new Popularity(catalogue)
  const plays = new Plays({ random, catalogue, popularity, station: changjiang, writers, viewers, seed, startDay })
  for (let day = startDay; day < endDay; day++) {
    popularity.setDay(day)
    if (day > startDay && (day - startDay) % 7 === 0) await writers[2]?.rotate(cobaltPath(day))
    if (day === startDay) plays.runFirstRobot(day)
    for (let viewer = 0; viewer < viewers; viewer++) {
      plays.play(viewer, day)
      if (viewer % 256 !== 255) continue
      signal?.throwIfAborted()
      for (const writer of writers) if (writer.isFull) await writer.drain()
      if (truth.isFull) await truth.drain()
    }
    progress.rows((day - startDay + 1) * viewers, days * viewers)
  }
  let total = 0
  for (const writer of writers) {
    await writer.close()
    for (const [path, count] of Object.entries(writer.rows)) {
      rows[path] = count
      total += count
    }
  }
  await truth.close((source, name) => writers[source]?.wasWritten(name) === true)

  return {
    seed,
    viewers,
    days,
    catalogue: kind,
    window: { from: formatDay(startDay), to: formatDay(endDay - 1) },
    timeZones: {
      ...Object.fromEntries(playSources.map((source) => [source.name, source.zone])),
      'harbour-tv': 'Europe/London',
    },
    plays: total,
    rows,
    defects: truth.defects,
    rates: Object.fromEntries(playSources.map((source) => [source.name, source.rates])),
  }
}

/**
 * Writes the raw, messy files of three platforms and two stations with the truth about them under `truth/`, by streaming:
 * memory depends on the titles and days, not on the plays. Equal parameters give equal bytes.
 * @throws InputError for parameters out of range or a folder that holds something; DataError when the disk refuses.
 */
export async function simulate(
  options: SimulateOptions,
  { progress = silentProgress, signal }: { progress?: Progress; signal?: AbortSignal } = {},
): Promise<SimulationSummary> {
  const folder = checkOptions(options)
  try {
    const summary = await writeAll(folder, options, progress, signal)
    await writeFile(join(folder, 'truth/summary.json'), `${JSON.stringify(summary, null, 2)}\n`)
    await writeFile(join(folder, 'README.txt'), readme(summary))
    progress.done()
    return summary
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}
