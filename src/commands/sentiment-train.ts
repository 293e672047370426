import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { encodeModel } from '../models/saved-model.ts'
import { about, note, question } from '../question.ts'
import { replaceFile, requireReplaceable } from '../replace-file.ts'
import { type Learned, linearLearner, lstmLearner, modelNames } from '../reviews/sentiment/learners.ts'
import { completeLstm, lstmSettings } from '../reviews/sentiment/lstm/lstm-settings.ts'
import { type Contradicted, contradictionNotes, gatherLabelled, mostContradicted } from './gather-labelled.ts'
import { refuseSettings } from './refuse-settings.ts'
import { fileParameter, reliabilityRows, textColumn } from './sentiment-parameters.ts'

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
    stars: z
      .string()
      .optional()
      .meta(
        about('Column with marks, to name the rows whose label contradicts them', '评分列，用于找出标签与评分矛盾的行'),
      ),
    best: z
      .number()
      .positive()
      .optional()
      .meta(about('The best mark there is, where labels or stars are marks', '标签或评分列的满分')),
    out: z.string().meta(about('File to write the model to', '模型输出文件')),
    model: z
      .enum(modelNames)
      .default('linear')
      .meta(
        about(
          'Kind of model: linear learns from words and runs of them, fast; lstm is a neural network that reads in order',
          '模型种类：linear 由词及词串学习，速度快；lstm 为按顺序阅读的神经网络',
        ),
      ),
    ...lstmSettings.partial().shape,
    threads: z
      .int()
      .min(1)
      .optional()
      .meta(about('Threads of an LSTM; one a core unless set', 'LSTM 线程数，默认每核一个')),
    checkLabels: z
      .boolean()
      .default(false)
      .meta(
        about(
          'Hold all labels against a model of the others, not only those held out (takes nine fits more)',
          '用其余评论的模型检查全部标签，而不只是留出的评论（另需拟合九次）',
        ),
      ),
    leaveOutContradicted: z
      .boolean()
      .default(false)
      .meta(about('Do not learn from labels that are contradicted', '不学习有矛盾的标签')),
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
    contradictedByStars: z.int().nullable().meta(about('Labels that the stars contradict', '与评分矛盾的标签')),
    checkedLabels: z.int().meta(about('Labels held against a model of the others', '用其余评论的模型检查的标签')),
    contradictedByWords: z.int().meta(about('Labels that the words contradict', '与用词矛盾的标签')),
    contradicted: z
      .array(
        z.object({
          line: z.int().nullable().meta(about('Line', '行')),
          label: z.string().meta(about('Label', '标签')),
          by: z.enum(['stars', 'words']).meta(
            about('Contradicted by', '矛盾来源', {
              words: { stars: { en: 'stars', zh: '评分' }, words: { en: 'words', zh: '用词' } },
            }),
          ),
          says: z.string().meta(about('Which say', '其内容')),
        }),
      )
      .meta(about('Labels that are contradicted, the most certain first', '有矛盾的标签，最确定者在前')),
    notes: z.array(note),
  }),
  async ask(context, parameters) {
    const { file, stars, out, model: kind, seed, threads, checkLabels, leaveOutContradicted } = parameters
    const given = lstmSettings.partial().parse(parameters)
    const { progress } = context
    const path = resolve(out)
    await requireReplaceable(path)
    refuseSettings(kind, { ...given, threads, checkLabels })
    const state = `${path}.training`
    const { gathered, learn } =
      kind === 'linear'
        ? linearLearner(seed, { checkAll: checkLabels, leaveOut: leaveOutContradicted }, context)
        : lstmLearner(completeLstm(given), { seed, threads }, state, context)
    const { rules, added, byStars, notes: readNotes } = await gatherLabelled(gathered, parameters, context)
    progress.step({ en: 'Learning', zh: '学习' })
    const { learned, outcomes } = gathered
    const { model, settings, epochs, heldOut, suspects = [], checked = 0, notes } = await learn()
    const byWords = suspects.map(({ review, probability }): Contradicted => {
      const { line, label: written } = added[review] as (typeof added)[number]
      return { line, label: written, by: 'words', says: `${Math.round(100 * probability)} %` }
    })
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
      contradictedByStars: stars === undefined ? null : byStars.length,
      ...{ checkedLabels: checked, contradictedByWords: byWords.length },
      contradicted: [...byStars.slice(0, mostContradicted), ...byWords.slice(0, mostContradicted)],
      notes: [
        ...rules.map((rule) => rule.text),
        ...contradictionNotes(byStars.length + byWords.length, file, leaveOutContradicted),
        ...readNotes,
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
