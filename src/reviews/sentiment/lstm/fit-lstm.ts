import { createHash } from 'node:crypto'
import { ModelError } from '../../../errors.ts'
import { type TextLayers, textLayersOf, textParameterCount } from '../../../kernels/networks/text-layers.ts'
import { textBatchBytes } from '../../../kernels/networks/text-network.ts'
import { withKernels } from '../../../kernels/threads/with-kernels.ts'
import type { Checkpoint } from '../../../models/checkpoint.ts'
import type { Progress } from '../../../progress.ts'
import { type Calibration, calibrate } from '../calibrate.ts'
import { canChoose, requireBoth, wellLearned } from '../labelled-reviews.ts'
import type { SentimentMeasures } from '../measures.ts'
import type { LabelledWords, WordTable } from './labelled-words.ts'
import { LstmSentiment, shapeOf } from './lstm-sentiment.ts'
import type { LstmSettings } from './lstm-settings.ts'
import { batchSize, type Epoch, type LstmProgress, LstmTraining } from './lstm-training.ts'

/** So many passes that did no better are the last. */
const patience = 3
/** What kernels can address. */
const mostKernelBytes = 2 ** 32

/** How a training is run: with `seed` alone it comes to the same model. */
export interface LstmRun {
  readonly seed: number
  readonly threads: number
  readonly memoryBytes: number
  readonly signal: AbortSignal
  readonly progress: Progress
  /** The state of a training of that key which was cut off, and where to leave such state. */
  checkpoint(key: string): Promise<Checkpoint>
}

/** What an LSTM has learned, pass by pass, and how good it is on reviews held out; undefined for too few reviews. */
export interface LstmFit {
  readonly model: LstmSentiment
  readonly epochs: readonly Epoch[]
  readonly heldOut: SentimentMeasures | undefined
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MB`

/** Tells trainings apart that would come to different models. */
function keyOf({ keys, reviews, outcome }: WordTable, settings: LstmSettings, seed: number): string {
  const hash = createHash('sha256').update(JSON.stringify({ settings, seed })).update(keys).update(outcome)
  for (const words of reviews) hash.update(Uint32Array.of(words.length)).update(words)
  return hash.digest('hex')
}

/** The number of the pass, from 1, that did best; the last where none was judged. */
function bestOf(epochs: readonly Epoch[]): number {
  const losses = epochs.map(({ heldOut }) => heldOut?.logLoss)
  return losses.includes(undefined) ? epochs.length : losses.indexOf(Math.min(...(losses as number[]))) + 1
}

/** @throws ModelError `too-much-memory` before it is taken */
function requireMemory({ keys, reviews }: WordTable, settings: LstmSettings, memoryBytes: number): void {
  const shape = shapeOf(keys, settings)
  const [longest, words] = reviews.reduce(([most, sum], { length }) => [Math.max(most, length), sum + length], [0, 0])
  const parameters = 4 * textParameterCount(shape)
  const kernels = 4 * parameters + textBatchBytes(shape, { sequences: batchSize, steps: batchSize * longest })
  const needed = kernels + 12 * parameters + 8 * words
  if (kernels <= mostKernelBytes && needed <= memoryBytes) return
  const allowed = Math.min(memoryBytes, mostKernelBytes)
  throw new ModelError(
    {
      en: `An LSTM of this size needs ${megabytes(needed)}; ${megabytes(allowed)} may be taken.`,
      zh: `该规模的 LSTM 需要 ${megabytes(needed)} 内存；可用 ${megabytes(allowed)}。`,
    },
    {
      ...{ code: 'too-much-memory', value: needed },
      advice: {
        en: 'Give it a smaller --vocabulary, --embedding, --width or --longest.',
        zh: '请减小 --vocabulary、--embedding、--width 或 --longest。',
      },
    },
  )
}

function stepText(epoch: number, last: Epoch | undefined) {
  const number = { en: `Learning, pass ${epoch}`, zh: `学习，第 ${epoch} 遍` }
  if (!last) return number
  const loss = last.loss.toFixed(4)
  const { en, zh } = number
  if (!last.heldOut) return { en: `${en} (loss ${loss})`, zh: `${zh}（损失 ${loss}）` }
  const right = (100 * last.heldOut.accuracy).toFixed(1)
  return { en: `${en} (loss ${loss}, right ${right} %)`, zh: `${zh}（损失 ${loss}，准确率 ${right}%）` }
}

/** Makes passes until the last did no better than those before, or all are made. Leaves what was best in `training.best`. */
async function learn(
  training: LstmTraining,
  judge: () => Promise<Calibration | undefined>,
  mostEpochs: number,
  { progress: shown, signal }: LstmRun,
  { last, keep }: Checkpoint,
): Promise<readonly Epoch[]> {
  let progress: LstmProgress = last ? training.resume(last) : { epochs: [], batches: 0, loss: 0 }
  if (last) {
    const pass = progress.epochs.length + 1
    shown.step({ en: `Going on with a training that was cut off in pass ${pass}`, zh: `继续在第 ${pass} 遍中断的训练` })
  }
  const isOver = () =>
    progress.epochs.length === mostEpochs || progress.epochs.length - bestOf(progress.epochs) === patience
  while (!isOver()) {
    const epochs = progress.epochs
    shown.step(stepText(epochs.length + 1, epochs.at(-1)))
    const onBatch = async (now: LstmProgress, batches: number) => {
      shown.rows(now.batches, batches)
      await keep(training.save(now))
    }
    const loss = await training.pass(progress, onBatch, signal)
    const measures = (await judge())?.measures
    const heldOut = measures && { accuracy: measures.accuracy, logLoss: measures.logLoss }
    progress = { epochs: [...epochs, { loss, heldOut }], batches: 0, loss: 0 }
    if (bestOf(progress.epochs) === progress.epochs.length) training.keep()
    await keep(training.save(progress))
  }
  return progress.epochs
}

/**
 * Learns an LSTM model by Adam: passes over the reviews until the log-loss of a tenth of them that is held out has not fallen for three passes. What
 * is taken is the running mean of the parameters when that was lowest, calibrated on the same tenth. A training that was cut off goes on where it was and
 * comes to the same model.
 * @throws ModelError `one-outcome` where all reviews are of one kind; `too-much-memory` before it is taken
 * @see `TextNetwork` for the network; Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", SIAM J. Control 30(4), 1992
 */
export async function fitLstm(gathered: LabelledWords, settings: LstmSettings, run: LstmRun): Promise<LstmFit> {
  requireBoth(gathered)
  const table = gathered.known(settings.vocabulary)
  requireMemory(table, settings, run.memoryBytes)
  const rows = Uint32Array.from(table.outcome, (_, row) => row)
  const held = rows.filter((row) => table.isHeldOut[row] === 1)
  const heldOutcome = Uint8Array.from(held, (row) => table.outcome[row] as number)
  const isJudged = canChoose(heldOutcome)
  const checkpoint = await run.checkpoint(keyOf(table, settings, run.seed))
  const shape = shapeOf(table.keys, settings)
  const fit = await withKernels(run.threads, async (kernels) => {
    const learned = isJudged ? rows.filter((row) => table.isHeldOut[row] === 0) : rows
    const training = new LstmTraining(kernels, shape, table, learned, run.seed)
    const calibrated = async (parameters: Float32Array) =>
      isJudged ? calibrate(await training.score(parameters, held, run.signal), heldOutcome) : undefined
    const epochs = await learn(training, () => calibrated(training.mean), settings.epochs, run, checkpoint)
    return { epochs, parameters: training.best.slice(), calibration: await calibrated(training.best) }
  })
  const { epochs, parameters, calibration } = fit
  if (calibration) applyCalibration(textLayersOf(parameters, shape), calibration)
  const learned = wellLearned(gathered.learned)
  const model = new LstmSentiment({ learned, settings, keys: table.keys, parameters })
  return { model, epochs, heldOut: calibration?.measures }
}

/** Makes stretch x + shift of the logits x of a network. */
function applyCalibration({ dense, denseBias }: TextLayers, { stretch, shift }: Calibration): void {
  dense.set(dense.map((own) => stretch * own))
  denseBias.set(denseBias.map((own) => stretch * own + shift))
}
