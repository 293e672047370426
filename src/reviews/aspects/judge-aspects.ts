import type { JudgeTexts } from '../judge/judge.ts'
import { openSentiment } from '../sentiment/open-sentiment.ts'
import { fillSilent } from './fill-silent.ts'
import { OpinionFinder } from './find-opinions.ts'
import { compileLexicon } from './lexicon.ts'
import type { Taxonomy } from './taxonomy.ts'

/** Opinions are published to four places: engines that sum in another order then agree. */
const places = 1e4

/** Rows of `review_aspect`, any number for each text. @throws InputError, ModelError for a file that is no model of sentiment */
export async function judgeAspects(taxonomy: Taxonomy, modelFile: string | undefined): Promise<JudgeTexts> {
  const finder = new OpinionFinder(compileLexicon(taxonomy))
  const model = modelFile === undefined ? undefined : await openSentiment(modelFile)
  const { signal } = new AbortController()
  return async (texts) => {
    const found = texts.map((text) => finder.find(text))
    const filled = model ? await fillSilent(texts, found, model, signal) : found
    return filled.map((opinions) =>
      opinions.map(({ clause, aspect, opinion, start, length }) => [
        ...[clause, aspect, Math.round(opinion * places) / places],
        ...[start, length],
      ]),
    )
  }
}
