import { availableParallelism, totalmem } from 'node:os'
import { openCheckpoint } from '../../models/checkpoint.ts'
import type { Context } from '../../question.ts'
import type { Text } from '../../text.ts'
import type { LabelledReviews } from './labelled-reviews.ts'
import { fitLinear, type LabelCheck, type LinearFit, type LinearSettings } from './linear/fit-linear.ts'
import { LabelledGrams } from './linear/labelled-grams.ts'
import { fitLstm } from './lstm/fit-lstm.ts'
import { LabelledWords } from './lstm/labelled-words.ts'
import type { LstmSettings } from './lstm/lstm-settings.ts'
import type { Epoch } from './lstm/lstm-training.ts'
import type { SentimentMeasures } from './measures.ts'
import type { SentimentModel } from './sentiment-model.ts'

/** Kinds of models that can be trained. */
export const modelNames = ['linear', 'lstm'] as const

/** Share of the machine's memory that a training may take. */
const memoryShare = 0.6
/** A state is some tens of megabytes, and a pass takes minutes. */
const checkpointMilliseconds = 30_000

/** A trained model, how good it is on reviews held out, undefined for too few, and how it came about. */
export interface Learned {
  readonly model: SentimentModel
  readonly heldOut: SentimentMeasures | undefined
  /** Of a linear model. */
  readonly settings?: LinearSettings
  readonly suspects?: LinearFit['suspects']
  readonly checked?: number
  /** Of an LSTM. */
  readonly epochs?: readonly Epoch[]
  readonly notes: readonly Text[]
}

/** Gathers labelled reviews, then learns from them. */
export interface Learner {
  readonly gathered: LabelledReviews
  /** @throws ModelError `one-outcome` where all reviews are of one kind */
  learn(): Promise<Learned>
}

export function linearLearner(seed: number, check: LabelCheck, { signal }: Pick<Context, 'signal'>): Learner {
  const gathered = new LabelledGrams()
  return {
    gathered,
    async learn() {
      const { converged, ...fit } = await fitLinear(gathered, seed, signal, check)
      const unfinished = { en: 'The fit had not come to rest when it was ended.', zh: '拟合结束时尚未收敛。' }
      return { ...fit, notes: converged ? [] : [unfinished] }
    },
  }
}

/** What is half learned is left in the file `state` and gone on with from there. */
export function lstmLearner(
  settings: LstmSettings,
  { seed, threads = availableParallelism() }: { readonly seed: number; readonly threads?: number | undefined },
  state: string,
  { progress, signal }: Pick<Context, 'progress' | 'signal'>,
): Learner {
  const gathered = new LabelledWords(settings.longest)
  return {
    gathered,
    async learn() {
      const checkpoint = (key: string) => openCheckpoint(state, key, checkpointMilliseconds)
      const run = { seed, threads, memoryBytes: memoryShare * totalmem(), progress, signal, checkpoint }
      const fit = await fitLstm(gathered, settings, run)
      const last = fit.epochs.at(-1)?.heldOut?.logLoss
      const isLastBest = last !== undefined && fit.epochs.every(({ heldOut }) => (heldOut?.logLoss ?? 0) >= last)
      const more = {
        en: 'The last pass was the best: with more --epochs it may do better.',
        zh: '最后一遍效果最好：增大 --epochs 可能更好。',
      }
      return { ...fit, notes: isLastBest ? [more] : [] }
    },
  }
}
