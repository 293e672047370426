import { z } from 'zod'
import { about, note, question } from '../question.ts'
import { fillSilent } from '../reviews/aspects/fill-silent.ts'
import { OpinionFinder } from '../reviews/aspects/find-opinions.ts'
import type { LabelledText } from '../reviews/aspects/labelled-text.ts'
import { compileLexicon, type Name } from '../reviews/aspects/lexicon.ts'
import { measureAspects } from '../reviews/aspects/measures.ts'
import { aliasesOf } from '../reviews/aspects/names.ts'
import { chooseTaxonomy } from '../reviews/aspects/read-taxonomy.ts'
import { openSentiment } from '../reviews/sentiment/open-sentiment.ts'
import { readLabelled } from './read-labelled.ts'
import { fileParameter, textColumn } from './sentiment-parameters.ts'

const measured = (en: string, zh: string, short: { en: string; zh: string }) =>
  z
    .number()
    .nullable()
    .meta(about(en, zh, { short }))
const known = (value: number) => (Number.isNaN(value) ? null : value)

/** Everybody whom labels name, with the aspect that they are judged for most. */
function namesIn(texts: readonly LabelledText[]): Name[] {
  const counts = new Map<string, Map<string, number>>()
  for (const { target, aspect } of texts.flatMap(({ opinions }) => opinions)) {
    if (target === undefined) continue
    const aspects = counts.get(target) ?? new Map<string, number>()
    counts.set(target, aspects.set(aspect, (aspects.get(aspect) ?? 0) + 1))
  }
  return [...counts].map(([name, aspects]) => {
    const [most] = [...aspects].sort(([, a], [, b]) => b - a)
    const aspect = most?.[0] ?? ''
    return { name, aspect, aliases: aliasesOf(name, aspect === 'characters') }
  })
}

/** How well aspects and opinions are found in labelled texts. @throws InputError, DataError `opinions-unknown` naming the line */
export const aspectsEvaluate = question({
  name: 'aspects evaluate',
  summary: {
    en: 'How well aspects and opinions are found in labelled texts',
    zh: '用带标签的文本检验方面与评价的识别',
  },
  examples: ['marquee aspects evaluate labelled.csv --text text --opinions opinions'],
  parameters: z.object({
    file: fileParameter('File of labelled texts', '带标签的文本文件', 0),
    text: textColumn,
    opinions: z
      .string()
      .meta(
        about(
          'Column with what each says, as in `acting@Ada Quill:1; story:-1`',
          '标签列，如 `acting@Ada Quill:1; story:-1`',
        ),
      ),
    taxonomy: z
      .string()
      .optional()
      .meta(
        about('YAML file of aspects, in place of those of film and television', '方面词表（YAML），默认为影视词表'),
      ),
    model: z
      .string()
      .optional()
      .meta(
        about(
          'Model file of `marquee sentiment train`, asked where no known word judges',
          '`marquee sentiment train` 的模型文件，用于无评价词之处',
        ),
      ),
  }),
  result: z.object({
    texts: z.int().meta(about('Texts', '文本数')),
    labels: z.int().meta(about('Labelled aspects', '标注的方面数')),
    detectionF1: measured('Aspects found: micro-F1', '方面识别 micro-F1', { en: 'Found', zh: '识别' }),
    detectionPrecision: measured('… precision', '……查准率', { en: 'Precision', zh: '查准率' }),
    detectionRecall: measured('… recall', '……查全率', { en: 'Recall', zh: '查全率' }),
    jointF1: measured('Aspects found with the right opinion: micro-F1', '方面与评价均正确 micro-F1', {
      ...{ en: 'Both right', zh: '均正确' },
    }),
    polarityAccuracy: measured('Labelled aspects with the right opinion', '标注方面的评价准确率', {
      ...{ en: 'Opinion right', zh: '评价正确' },
    }),
    polarityMacroF1: measured('… macro-F1', '……宏平均 F1', { en: 'Macro-F1', zh: '宏平均 F1' }),
    peopleF1: measured('People and characters found with the right opinion: micro-F1', '人物与评价均正确 micro-F1', {
      ...{ en: 'People', zh: '人物' },
    }),
    rows: z
      .array(
        z.object({
          aspect: z.string().meta(about('Aspect', '方面')),
          labels: z.int().meta(about('Labels', '标注数')),
          f1: measured('F1 of finding it', '识别 F1', { en: 'Found (F1)', zh: '识别 F1' }),
          accuracy: measured('Right opinions', '评价准确率', { en: 'Opinion right', zh: '评价正确' }),
        }),
      )
      .meta(about('By aspect', '按方面')),
    notes: z.array(note),
  }),
  async ask({ progress, signal }, { file, text, opinions: column, taxonomy: taxonomyFile, model }) {
    progress.step({ en: 'Reading labels', zh: '读取标签' })
    const texts = await readLabelled(file, text, column, signal)
    const taxonomy = await chooseTaxonomy(taxonomyFile, [])
    const finder = new OpinionFinder(compileLexicon(taxonomy))
    const names = finder.names(namesIn(texts))
    const written = texts.map((one) => one.text)
    const found = written.map((one) => finder.find(one, names))
    const filled = model === undefined ? found : await fillSilent(written, found, await openSentiment(model), signal)
    const measures = measureAspects(texts, filled)
    const ids = new Set(taxonomy.aspects.map(({ id }) => id))
    const unknown = [...new Set(texts.flatMap(({ opinions }) => opinions.map(({ aspect }) => aspect)))].filter(
      (id) => !ids.has(id),
    )
    return {
      texts: measures.texts,
      labels: measures.labels,
      detectionF1: known(measures.detection.f1),
      detectionPrecision: known(measures.detection.precision),
      detectionRecall: known(measures.detection.recall),
      jointF1: known(measures.joint.f1),
      polarityAccuracy: known(measures.polarityAccuracy),
      polarityMacroF1: known(measures.polarityMacroF1),
      peopleF1: known(measures.targets.f1),
      rows: measures.byAspect.map(({ aspect, labels, detection, accuracy }) => ({
        ...{ aspect, labels, f1: known(detection.f1), accuracy: known(accuracy) },
      })),
      notes:
        unknown.length === 0
          ? []
          : [
              {
                en: `The taxonomy has no ${unknown.join(', ')}.`,
                zh: `方面词表中没有 ${unknown.join('、')}。`,
              },
            ],
    }
  },
})
