import { join } from 'node:path'
import { readSplit } from '../../src/commands/read-split.ts'
import { evaluateModels } from '../../src/recommend/evaluation/evaluate-models.ts'

/**
 * Chooses, trains and judges models on the files of a folder, as `recommend evaluate` does, and prints of each what its lists are worth, viewer by
 * viewer, in the order in which target.csv first names them. Usage: judge.ts FOLDER MODELS THREADS
 */
const [folder = '', models = '', threads] = process.argv.slice(2)
const { signal } = new AbortController()
const pathOf = (name: string) => join(folder, `${name}.csv`)
const files = { train: pathOf('train'), foldIn: pathOf('fold_in'), target: pathOf('target') }
const { split } = await readSplit(files, signal)
const run = { seed: 1, signal, threads: Number(threads), memoryBytes: 2 ** 34 }
const evaluation = await evaluateModels(split, models.split(','), run)
const judged = evaluation.models.map(({ name, quality: { ndcg100, recall20, recall50 } }) => ({
  ...{ name, ndcg100: [...ndcg100], recall20: [...recall20], recall50: [...recall50] },
}))
console.log(JSON.stringify(judged))
