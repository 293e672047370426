import { existsSync, readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { InputError } from '../errors.ts'

export interface SimulateOptions {
  /** People who watch, over all sources; 1 to 100 million. */
  readonly viewers: number
  /** Days before 2026-01-01 that are simulated; 1 to 3660. */
  readonly days: number
  /** Same seed and parameters, same bytes; 0 to 2^53 - 1. */
  readonly seed: number
  /** A folder that does not exist yet or is empty. */
  readonly out: string
  /** `vega`: the real films of the package vega-datasets beside invented titles; `invented`: these alone. */
  readonly catalogue?: 'invented' | 'vega'
}

/** Days from 1970-01-01 to 2026-01-01, the first day after the simulated ones. */
export const endDay = 20_454

function checkInteger(name: string, value: number, minimum: number, maximum: number): void {
  if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return
  throw new InputError(
    {
      en: `${name} must be a whole number from ${minimum} to ${maximum}, not ${value}.`,
      zh: `${name} 应为 ${minimum} 至 ${maximum} 的整数，而不是 ${value}。`,
    },
    {
      code: 'bad-parameter',
      value,
      advice: {
        en: `Give --${name} a whole number from ${minimum} to ${maximum}.`,
        zh: `请将 --${name} 设为 ${minimum} 至 ${maximum} 的整数。`,
      },
    },
  )
}

/** The absolute output folder. @throws InputError when a number is out of range or the folder holds something. */
export function checkOptions(options: SimulateOptions): string {
  checkInteger('viewers', options.viewers, 1, 100_000_000)
  checkInteger('days', options.days, 1, 3660)
  checkInteger('seed', options.seed, 0, Number.MAX_SAFE_INTEGER)
  if (options.catalogue !== undefined && !['invented', 'vega'].includes(options.catalogue)) {
    throw new InputError(
      {
        en: `The catalogue is 'invented' or 'vega', not '${options.catalogue}'.`,
        zh: `片库应为 'invented' 或 'vega'，而不是 '${options.catalogue}'。`,
      },
      {
        code: 'bad-parameter',
        value: options.catalogue,
        advice: {
          en: "Choose 'vega' for real films beside invented titles, 'invented' for invented titles alone.",
          zh: "'vega' 为真实影片加虚构影片，'invented' 仅有虚构影片。",
        },
      },
    )
  }
  const folder = options.out === '' ? '' : resolve(options.out)
  if (folder === '' || (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0))) {
    throw new InputError(
      {
        en: `The output folder '${options.out}' is not a new or empty folder.`,
        zh: `输出文件夹 '${options.out}' 不是新建或空的文件夹。`,
      },
      {
        code: 'output-not-empty',
        value: options.out,
        advice: {
          en: 'Name a folder that does not exist yet; nothing is ever overwritten.',
          zh: '请指定尚不存在的文件夹；不会覆盖任何内容。',
        },
      },
    )
  }
  return folder
}
