import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { InputError } from '../errors.ts'
import { encodeModel } from '../models/saved-model.ts'
import { about, note, question } from '../question.ts'
import { replaceFile, requireReplaceable } from '../replace-file.ts'
import { type Learned, linearLearner, lstmLearner, modelNames } from '../reviews/sentiment/learners.ts'
import { completeLstm, lstmSettings } from '../reviews/sentiment/lstm-settings.ts'
import { counted, grouped, type Text } from '../text.ts'
import { labelRuleOf, readLabel, readReviews } from './read-reviews.ts'
import { fileParameter, reliabilityRows, textColumn } from './sentiment-parameters.ts'

/** Rows that were not learned from, by why. */
type LeftOut = Record<'between' | 'missing' | 'empty', number>

const leftOutWords: Readonly<Record<keyof LeftOut, (count: number) => Text>> = {
  between: (count) => ({
    en: `${counted(count, 'row')} between favourable and unfavourable left out.`,
    zh: `${grouped(count)} 行介于正面与负面之间，已略去。`,
  }),
  missing: (count) => ({
    en: `${counted(count, 'row')} without a label left out.`,
    zh: `${grouped(count)} 行无标签，已略去。`,
  }),
  empty: (count) => ({
    en: `${counted(count, 'row')} without words left out.`,
    zh: `${grouped(count)} 行无文字，已略去。`,
  }),
}

const lstmNames = [...lstmSettings.keyof().options, 'threads'] as const

/** @throws InputError `setting-of-lstm` */
function refuseLstmSettings(given: Readonly<Record<string, unknown>>): void {
  const name = lstmNames.find((one) => given[one] !== undefined)
  if (name === undefined) return
  throw new InputError(
    { en: `--${name} is a setting of an LSTM.`, zh: `--${name} 是 LSTM 的设置。` },
    {
      ...{ code: 'setting-of-lstm', value: name },
      advice: { en: 'Add --model lstm, or leave it out.', zh: '请加上 --model lstm，或去掉该选项。' },
    },
  )
}

function passRows(epochs: Learned['epochs'] = []) {
  return epochs.map(({ loss, heldOut }, i) => ({
    ...{ pass: i + 1, loss, accuracy: heldOut?.accuracy ?? null, logLoss: heldOut?.logLoss ?? null },
  }))
}

/** Learns what makes a review favourable, from labelled reviews in a file. @throws InputError, DataError, ModelError `one-outcome` */
export const sentimentTrain = question({
  name: 'sentiment train',
  summary: { en: 'Learn from labelled reviews what is favourable', zh: '从带标签的评论学习情感倾向' },
  examples: [
    'marquee sentiment train reviews.csv --text text --label stars --out reviews.model',
    'marquee sentiment train reviews.csv --text text --label stars --best 5 --out reviews.model --json',
    'marquee sentiment train reviews.csv --text text --label stars --model lstm --epochs 2 --out reviews.model',
  ],
  parameters: z.object({
    file: fileParameter('File of labelled reviews', '带标签的评论文件', 0),
    text: textColumn,
    label: z
      .string()
      .meta(
        about(
          'Column with what is so: 0 and 1, positive and negative, or marks, of which the middle is left out',
          '标签列：0/1、positive/negative 或评分（中间分略去）',
        ),
      ),
    best: z
      .number()
      .positive()
      .optional()
      .meta(about('The best mark there is, where labels are marks', '标签为评分时的满分')),
    out: z.string().meta(about('File to write the model to', '模型输出文件')),
    model: z
      .enum(modelNames)
      .default('linear')
      .meta(
        about(
          'linear, from words and runs of them, which is fast; or lstm, a neural network that reads in order',
          'linear：由词及词串学习，速度快；lstm：按顺序阅读的神经网络',
        ),
      ),
    ...lstmSettings.partial().shape,
    threads: z
      .int()
      .min(1)
      .optional()
      .meta(about('Threads of an LSTM; one a core unless set', 'LSTM 线程数，默认每核一个')),
    seed: z.int().min(0).default(1).meta(about('Seed of all that is random', '随机种子')),
  }),
  result: z.object({
    file: z.string().meta(about('Model file', '模型文件', { as: 'path' })),
    bytes: z.int().meta(about('Bytes', '字节', { detail: true })),
    reviews: z.int().meta(about('Reviews learned from', '学习的评论数')),
    favourable: z.int().meta(about('Favourable among them', '其中正面')),
    languages: z
      .array(
        z.object({
          language: z.string().meta(about('Language', '语言')),
          reviews: z.int().meta(about('Reviews', '评论数')),
        }),
      )
      .meta(about('Languages', '语言')),
    accuracy: z
      .number()
      .nullable()
      .meta(about('Right of those held out', '留出评论的准确率', { unit: 'share' })),
    macroF1: z.number().nullable().meta(about('Macro-F1', '宏平均 F1')),
    areaUnderRoc: z.number().nullable().meta(about('Area under the ROC curve', 'ROC 曲线下面积')),
    calibrationError: z.number().nullable().meta(about('Expected calibration error', '期望校准误差')),
    heldOut: z.int().meta(about('Reviews held out to choose settings', '用于选择设置的留出评论数')),
    cost: z
      .number()
      .nullable()
      .meta(about('Cost of a miss that was chosen, of a linear model', '所选误判代价（线性模型）', { detail: true })),
    power: z
      .number()
      .nullable()
      .meta(
        about('Power of the log-ratio that was chosen, of a linear model', '所选对数比率的幂（线性模型）', {
          detail: true,
        }),
      ),
    passes: z
      .array(
        z.object({
          pass: z.int().meta(about('Pass', '遍数')),
          loss: z.number().meta(about('Loss while learning', '训练损失')),
          accuracy: z
            .number()
            .nullable()
            .meta(about('Right of those held out', '留出评论的准确率', { unit: 'share' })),
          logLoss: z.number().nullable().meta(about('Log-loss of those held out', '留出评论的对数损失')),
        }),
      )
      .meta(about('Passes of an LSTM', 'LSTM 各遍')),
    reliability: reliabilityRows,
    notes: z.array(note),
  }),
  async ask(context, { file, text, label, best, out, seed, model: kind, threads, ...given }) {
    const { progress, signal } = context
    const path = resolve(out)
    await requireReplaceable(path)
    if (kind === 'linear') refuseLstmSettings({ ...given, threads })
    const state = `${path}.training`
    const { gathered, learn } =
      kind === 'linear'
        ? linearLearner(seed, context)
        : lstmLearner(completeLstm(given), { seed, threads }, state, context)
    progress.step({ en: 'Reading labels', zh: '读取标签' })
    const rule = await labelRuleOf(file, label, best, signal)
    progress.step({ en: 'Reading reviews', zh: '读取评论' })
    const leftOut: LeftOut = { between: 0, missing: 0, empty: 0 }
    for await (const rows of readReviews(file, [text, label], signal)) {
      for (const { line, values } of rows) {
        const read = readLabel(rule, values[label] ?? '', file, line)
        if (read === 'between' || read === 'missing') leftOut[read] += 1
        else if (gathered.add(values[text] ?? '', read) === undefined) leftOut.empty += 1
      }
    }
    progress.step({ en: 'Learning', zh: '学习' })
    const { learned, outcomes } = gathered
    const { model, settings, epochs, heldOut, notes } = await learn()
    const bytes = encodeModel(model.save())
    await replaceFile(path, bytes)
    await rm(state, { force: true })
    return {
      file: path,
      bytes: bytes.length,
      reviews: outcomes[0] + outcomes[1],
      favourable: outcomes[1],
      languages: Object.entries(learned)
        .sort(([, a], [, b]) => b - a)
        .map(([language, reviews]) => ({ language, reviews })),
      ...{ accuracy: heldOut?.accuracy ?? null, macroF1: heldOut?.macroF1 ?? null },
      ...{ areaUnderRoc: heldOut?.areaUnderRoc ?? null, calibrationError: heldOut?.calibrationError ?? null },
      ...{
        heldOut: heldOut?.reviews ?? 0,
        cost: settings?.cost ?? null,
        power: settings?.power ?? null,
        passes: passRows(epochs),
        reliability: [...(heldOut?.reliability ?? [])],
      },
      notes: [
        rule.text,
        ...Object.entries(leftOut).flatMap(([why, count]) =>
          count === 0 ? [] : [leftOutWords[why as keyof LeftOut](count)],
        ),
        ...(heldOut
          ? []
          : [
              {
                en: 'Too few reviews to hold some out: how good the model is was not measured, and its probabilities are not calibrated.',
                zh: '评论太少，无法留出检验：模型质量未经度量，概率未经校准。',
              },
            ]),
        ...notes,
      ],
    }
  },
})
