import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { InputError, ModelError } from '../errors.ts'
import { replaceFile } from '../replace-file.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { decodeModel, encodeModel, type SavedModel } from './saved-model.ts'

/** What is told of a trained model beside its file. */
const modelRecord = z.object({
  /** Counts up with each training, from 1. */
  version: z.int().positive(),
  algorithm: z.string(),
  trainedAt: z.string(),
  /** The published version of the data that it learned from. */
  dataVersion: z.int(),
  seed: z.int(),
  /** How it was trained, as `about.settings` of whoever trains. */
  settings: z.record(z.string(), z.unknown()),
  /** How good it was on what was held out for that. */
  metrics: z.record(z.string(), z.number()),
  /** Sizes: viewers, titles, plays … */
  size: z.record(z.string(), z.number()),
  /** Why it is as it is. */
  why: z.object({ en: z.string(), zh: z.string() }).nullable(),
  bytes: z.int(),
  /** Of the model file. */
  sha256: z.string(),
})
export type ModelRecord = z.output<typeof modelRecord>

const checkpointName = 'training'
const recordName = /^(\d+)\.json$/
const versionName = /^(\d+)\.(json|model)$/
const kept = 5

/**
 * The trained versions of one model in a folder: `N.model` and `N.json` of each, and `current`, the number of the published one. A version is
 * there when its record is; publishing is one rename. Whoever makes the empty `N.model` has the number N, so that trainings at once do not take the same.
 * The newest five and the published one are kept.
 */
export class ModelStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Every version, oldest first. */
  async list(): Promise<ModelRecord[]> {
    const names = await readdir(this.#folder).catch(() => [])
    const records: ModelRecord[] = []
    for (const name of names.filter((one) => recordName.test(one))) {
      const text = await readFile(join(this.#folder, name), 'utf8')
      const read = modelRecord.safeParse(parsed(text))
      if (!read.success) throw this.#damaged(name)
      records.push(read.data)
    }
    return records.sort((left, right) => left.version - right.version)
  }

  /** The number of the published version; undefined where nothing has been trained. */
  async current(): Promise<number | undefined> {
    const text = await readFile(join(this.#folder, 'current'), 'utf8').catch(() => undefined)
    return text === undefined ? undefined : Number(text)
  }

  /** Keeps `model` as a new version and publishes it. */
  async publish(model: SavedModel, about: Omit<ModelRecord, 'version' | 'bytes' | 'sha256'>): Promise<ModelRecord> {
    await mkdir(this.#folder, { recursive: true })
    const before = await this.list()
    const version = await this.#takeVersion((before.at(-1)?.version ?? 0) + 1)
    const bytes = encodeModel(model)
    const path = join(this.#folder, `${version}.model`)
    await writeFile(`${path}.partial`, bytes)
    await rename(`${path}.partial`, path)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const record: ModelRecord = { version, ...about, bytes: bytes.length, sha256 }
    await replaceFile(join(this.#folder, `${version}.json`), `${JSON.stringify(record, undefined, 1)}\n`)
    await this.#point(version)
    await rm(join(this.#folder, checkpointName), { force: true })
    const oldest = before.at(1 - kept)?.version ?? 0
    for (const name of await readdir(this.#folder)) {
      if (Number(versionName.exec(name)?.[1] ?? oldest) < oldest) await rm(join(this.#folder, name), { force: true })
    }
    return record
  }

  /** Makes `version` the published one; of several at once the last. */
  async #point(version: number): Promise<void> {
    const path = join(this.#folder, `${version}.current`)
    await writeFile(path, `${version}\n`)
    await rename(path, join(this.#folder, 'current'))
  }

  /** The lowest number from `first` on that nobody has taken. */
  async #takeVersion(first: number): Promise<number> {
    for (let version = first; ; version++) {
      try {
        await writeFile(join(this.#folder, `${version}.model`), '', { flag: 'wx' })
        return version
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
  }

  /** Publishes an earlier or later version again. @throws InputError `unknown-model-version` */
  async use(version: number): Promise<ModelRecord> {
    const records = await this.list()
    const record = records.find((one) => one.version === version)
    if (!record) {
      const known = records.map((one) => one.version).join(', ')
      throw new InputError(
        { en: `There is no version ${version} of the model.`, zh: `模型没有版本 ${version}。` },
        {
          ...{ code: 'unknown-model-version', value: version },
          advice: known
            ? { en: `There are ${known}.`, zh: `现有版本：${known}。` }
            : { en: 'Train one first.', zh: '请先训练。' },
        },
      )
    }
    await this.load(version)
    await this.#point(version)
    return record
  }

  /**
   * Version `version`, the published one unless given; undefined where nothing has been trained.
   * @throws ModelError `model-file-corrupt` where its file is missing, foreign or not what was written.
   */
  async load(version?: number): Promise<{ record: ModelRecord; model: SavedModel; path: string } | undefined> {
    const wanted = version ?? (await this.current())
    if (wanted === undefined) return undefined
    const record = (await this.list()).find((one) => one.version === wanted)
    const path = join(this.#folder, `${wanted}.model`)
    const bytes = await readFile(path).catch(() => undefined)
    if (!record || !bytes) throw this.#damaged(`${wanted}.model`)
    const model = decodeModel(bytes, path)
    if (createHash('sha256').update(bytes).digest('hex') !== record.sha256) throw this.#damaged(`${wanted}.model`)
    return { record, model, path }
  }

  /** The state of a training of the same `key` that was cut off, and where to leave such state. What is published ends it. */
  checkpoint(key: string): Promise<Checkpoint> {
    return openCheckpoint(join(this.#folder, checkpointName), key)
  }

  #damaged(name: string): ModelError {
    const path = join(this.#folder, name)
    return new ModelError(
      { en: `${path} is missing or not what was written.`, zh: `${path} 缺失或已损坏。` },
      {
        ...{ code: 'model-file-corrupt', value: path, file: path },
        advice: { en: 'Publish another version, or train again.', zh: '请改用其他版本，或重新训练。' },
      },
    )
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
