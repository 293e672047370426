import { z } from 'zod'
import { type TextNetworkShape, textParameterCount } from '../../../kernels/networks/text-layers.ts'
import { TextNetwork } from '../../../kernels/networks/text-network.ts'
import { logistic } from '../../../kernels/regression/logistic-regression.ts'
import { KernelThreads } from '../../../kernels/threads/kernel-threads.ts'
import type { Language } from '../../../language/language-of.ts'
import { aboutOf, arrayOf, type SavedModel } from '../../../models/saved-model.ts'
import { GramTable } from '../gram-table.ts'
import type { Judgement, NotJudged, SentimentModel } from '../sentiment-model.ts'
import { type LstmSettings, lstmSettings } from './lstm-settings.ts'
import { WordReader } from './read-words.ts'
import { scoreTexts } from './score-texts.ts'

/** Texts that are judged at once. */
const batchSize = 16

const about = z.object({ learned: z.record(z.string(), z.number()), settings: lstmSettings })

/** What an LSTM model is made of: the hash of each word that it knows, and a network that gives calibrated logits. */
export interface LstmParts extends z.output<typeof about> {
  readonly keys: Int32Array
  readonly parameters: Float32Array
}

/** The shape of a network of those words. */
export function shapeOf(
  keys: Int32Array,
  { bidirectional, embedding, width, pooling }: LstmSettings,
): TextNetworkShape {
  return { words: Math.max(1, keys.length), embedding, width, directions: bidirectional ? 2 : 1, pooling }
}

interface ReadText {
  readonly language: Language
  readonly words: Uint32Array
  readonly why: NotJudged | undefined
}

/** The logit of a review's being favourable by a network that reads its known words in order (`TextNetwork`). */
export class LstmSentiment implements SentimentModel {
  static readonly algorithm = 'lstm-sentiment'
  readonly learned: Readonly<Record<string, number>>
  readonly #parts: LstmParts
  readonly #network: TextNetwork
  readonly #table: GramTable
  readonly #reader: WordReader
  /** Ends when the network is free. */
  #free: Promise<unknown> = Promise.resolve()

  constructor(parts: LstmParts) {
    const { longest } = parts.settings
    const size = { sequences: batchSize, steps: batchSize * longest }
    this.learned = parts.learned
    this.#parts = parts
    this.#network = new TextNetwork(new KernelThreads(1), shapeOf(parts.keys, parts.settings), size)
    this.#network.parameters.array.set(parts.parameters)
    this.#table = GramTable.of(parts.keys)
    this.#reader = new WordReader(longest)
  }

  judge(texts: readonly string[], signal: AbortSignal): Promise<Judgement[]> {
    const judging = this.#free.then(() => this.#judge(texts, signal))
    this.#free = judging.catch(() => {})
    return judging
  }

  explain(): undefined {}

  save(): SavedModel {
    const { keys, parameters, ...rest } = this.#parts
    return { algorithm: LstmSentiment.algorithm, about: { ...rest }, arrays: { keys, parameters } }
  }

  /** @throws ModelError `model-file-corrupt` */
  static load(saved: SavedModel): LstmSentiment {
    const told = aboutOf(saved, (given) => about.parse(given))
    const keys = arrayOf(saved, 'keys', 'Int32Array')
    const count = textParameterCount(shapeOf(keys, told.settings))
    return new LstmSentiment({ ...told, keys, parameters: arrayOf(saved, 'parameters', 'Float32Array', count) })
  }

  async #judge(texts: readonly string[], signal: AbortSignal): Promise<Judgement[]> {
    signal.throwIfAborted()
    const read = texts.map((text) => this.#read(text))
    const known = read.filter(({ why }) => why === undefined)
    const logits = await scoreTexts(
      this.#network,
      known.map(({ words }) => words),
      batchSize,
      signal,
    )
    let place = 0
    return read.map(({ language, why }) => {
      if (why !== undefined) return { language, why }
      const logit = logits[place] as number
      place += 1
      return { language, logit, probability: logistic(logit) }
    })
  }

  #read(text: string): ReadText {
    const read = this.#reader.read(text)
    const language = this.#reader.languageOf(text)
    const words = Uint32Array.from(read.map((word) => this.#table.find(word)).filter((word) => word >= 0))
    const isLearned = language === 'und' || language in this.learned
    const why =
      read.length === 0 ? 'empty' : !isLearned ? 'other-language' : words.length === 0 ? 'nothing-known' : undefined
    return { language, words, why }
  }
}
