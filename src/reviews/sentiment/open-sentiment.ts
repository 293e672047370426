import { readFile } from 'node:fs/promises'
import { InputError, ModelError } from '../../errors.ts'
import { decodeModel, type SavedModel } from '../../models/saved-model.ts'
import { LexiconSentiment } from './lexicon-sentiment.ts'
import { LinearSentiment } from './linear/linear-sentiment.ts'
import { LstmSentiment } from './lstm/lstm-sentiment.ts'
import type { SentimentModel } from './sentiment-model.ts'

const loaders: Readonly<Record<string, (saved: SavedModel) => SentimentModel>> = {
  [LinearSentiment.algorithm]: LinearSentiment.load,
  [LstmSentiment.algorithm]: LstmSentiment.load,
  [LexiconSentiment.algorithm]: () => new LexiconSentiment(),
}

/** In place of a file: a list of opinion words, for want of labels. */
export const lexicon = 'lexicon'

/**
 * The model of sentiment in the file `path`, or the lexicon.
 * @throws InputError `file-missing`; ModelError `model-file-corrupt`, and `model-file-foreign` for a model of something else
 */
export async function openSentiment(path: string): Promise<SentimentModel> {
  if (path === lexicon) return new LexiconSentiment()
  const bytes = await readFile(path).catch((cause) => {
    throw new InputError(
      { en: `${path} cannot be read.`, zh: `无法读取 ${path}。` },
      {
        ...{ code: 'file-missing', value: path, file: path, cause },
        advice: {
          en: 'Train a model with `marquee sentiment train`, or write `lexicon` for a list of opinion words.',
          zh: '请用 `marquee sentiment train` 训练模型，或写 `lexicon` 使用评价词表。',
        },
      },
    )
  })
  return loadSentiment(decodeModel(bytes, path), path)
}

/** The model of sentiment that `saved` is; `file` is named in errors. @throws ModelError `model-file-corrupt` and `model-file-foreign` */
export function loadSentiment(saved: SavedModel, file: string): SentimentModel {
  const load = loaders[saved.algorithm]
  if (load) return load(saved)
  throw new ModelError(
    {
      en: `${file} is a model of ${saved.algorithm}, not of sentiment.`,
      zh: `${file} 是 ${saved.algorithm} 模型，不是情感模型。`,
    },
    {
      ...{ code: 'model-file-foreign', value: saved.algorithm, file },
      advice: {
        en: 'Name a file of `marquee sentiment train`.',
        zh: '请指定由 `marquee sentiment train` 生成的文件。',
      },
    },
  )
}
