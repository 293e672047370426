import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ModelError } from '../errors.ts'

/** What a trained model is made of: everything to go on serving it, in plain numbers and text. */
export interface SavedModel {
  /** Which code can load it: the algorithm's name. */
  readonly algorithm: string
  /** Settings and whatever else is small; JSON. */
  readonly about: Readonly<Record<string, unknown>>
  readonly arrays: Readonly<Record<string, ModelArray>>
}

const arrayTypes = { Float32Array, Float64Array, Uint32Array, Int32Array, Uint8Array, BigInt64Array } as const
type ArrayType = keyof typeof arrayTypes
/** An array that a model file can hold. */
export type ModelArray = Float32Array | Float64Array | Uint32Array | Int32Array | Uint8Array | BigInt64Array

interface Header {
  readonly algorithm: string
  readonly about: Readonly<Record<string, unknown>>
  readonly arrays: readonly { readonly name: string; readonly type: ArrayType; readonly length: number }[]
}

/** The first bytes of every model file: a name and the version of the layout. */
const magic = new TextEncoder().encode('MARQUEE1')
const hashBytes = 32
const alignment = 8

const padded = (bytes: number) => Math.ceil(bytes / alignment) * alignment

/**
 * The bytes of a model file: magic, length of the header (u32, little-endian) and 4 bytes of 0, header (JSON), arrays
 * (little-endian, each from a multiple of 8 on), SHA-256 of all before.
 */
export function encodeModel(model: SavedModel): Uint8Array {
  const arrays = Object.entries(model.arrays)
  const header: Header = {
    algorithm: model.algorithm,
    about: model.about,
    arrays: arrays.map(([name, array]) => ({ name, type: array.constructor.name as ArrayType, length: array.length })),
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const arraysAt = padded(magic.length + 8 + text.length)
  const size = arrays.reduce((sum, [, array]) => sum + padded(array.byteLength), arraysAt)
  const bytes = new Uint8Array(size + hashBytes)
  bytes.set(magic)
  new DataView(bytes.buffer).setUint32(magic.length, text.length, true)
  bytes.set(text, magic.length + 8)
  let at = arraysAt
  for (const [, array] of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += padded(array.byteLength)
  }
  bytes.set(createHash('sha256').update(bytes.subarray(0, size)).digest(), size)
  return bytes
}

function corrupt(file: string, why: { en: string; zh: string }): ModelError {
  return new ModelError(
    { en: `${file} is no whole model file: ${why.en}.`, zh: `${file} 不是完整的模型文件：${why.zh}。` },
    {
      code: 'model-file-corrupt',
      value: file,
      file,
      advice: { en: 'Train the model again, or roll back to an earlier one.', zh: '请重新训练，或回滚到先前的模型。' },
    },
  )
}

/**
 * The model in `bytes`, its arrays sharing their memory where `bytes` is aligned to 8. `file` is named in errors.
 * @throws ModelError `model-file-corrupt` where the bytes are of something else, or not those that were written.
 */
export function decodeModel(bytes: Uint8Array, file: string): SavedModel {
  if (bytes.length < magic.length + 8 + hashBytes || magic.some((byte, i) => bytes[i] !== byte)) {
    throw corrupt(file, { en: 'it does not begin as one', zh: '文件开头不符' })
  }
  const end = bytes.length - hashBytes
  const hash = createHash('sha256').update(bytes.subarray(0, end)).digest()
  if (!hash.equals(bytes.subarray(end))) {
    throw corrupt(file, { en: 'its checksum is wrong', zh: '校验和不符' })
  }
  const aligned = bytes.byteOffset % alignment === 0 ? bytes : bytes.slice()
  const length = new DataView(aligned.buffer, aligned.byteOffset).getUint32(magic.length, true)
  const text = new TextDecoder().decode(aligned.subarray(magic.length + 8, magic.length + 8 + length))
  const header: Header = JSON.parse(text)
  let at = aligned.byteOffset + padded(magic.length + 8 + length)
  const arrays: Record<string, ModelArray> = {}
  for (const { name, type, length: places } of header.arrays) {
    const array = new arrayTypes[type](aligned.buffer as ArrayBuffer, at, places)
    arrays[name] = array
    at += padded(array.byteLength)
  }
  return { algorithm: header.algorithm, about: header.about, arrays }
}

/**
 * The array `name` of `saved`, of the type and, where given, of the length asked for.
 * @throws ModelError `model-file-corrupt` where there is none such.
 */
export function arrayOf<T extends ArrayType>(
  saved: SavedModel,
  name: string,
  type: T,
  length?: number,
): InstanceType<(typeof arrayTypes)[T]> {
  const array = saved.arrays[name]
  if (!(array instanceof arrayTypes[type]) || (length !== undefined && array.length !== length)) {
    throw corrupt(saved.algorithm, { en: `it lacks a fitting "${name}"`, zh: `缺少相符的“${name}”` })
  }
  return array as InstanceType<(typeof arrayTypes)[T]>
}

/**
 * `read` of what is told about `saved`.
 * @throws ModelError `model-file-corrupt` where `read` cannot read it.
 */
export function aboutOf<T>(saved: SavedModel, read: (about: SavedModel['about']) => T): T {
  try {
    return read(saved.about)
  } catch {
    throw corrupt(saved.algorithm, { en: 'its settings are not those of its kind', zh: '其设置与模型类型不符' })
  }
}

const nestedParts = z.array(z.object({ algorithm: z.string(), about: z.record(z.string(), z.unknown()) }))

/** One model that holds `models`. */
export function nestModels(algorithm: string, about: SavedModel['about'], models: readonly SavedModel[]): SavedModel {
  const arrays = models.flatMap((model, i) =>
    Object.entries(model.arrays).map(([name, array]) => [`${i}/${name}`, array] as const),
  )
  const parts = models.map((model) => ({ algorithm: model.algorithm, about: model.about }))
  return { algorithm, about: { ...about, parts }, arrays: Object.fromEntries(arrays) }
}

/**
 * The models that `saved` holds.
 * @throws ModelError `model-file-corrupt` where it holds none.
 */
export function nestedModels(saved: SavedModel): SavedModel[] {
  return aboutOf(saved, (about) => nestedParts.parse(about.parts)).map((part, i) => {
    const own = Object.entries(saved.arrays).filter(([name]) => name.startsWith(`${i}/`))
    return { ...part, arrays: Object.fromEntries(own.map(([name, array]) => [name.slice(`${i}/`.length), array])) }
  })
}
