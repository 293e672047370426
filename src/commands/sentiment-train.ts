import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { InputError } from '../errors.ts'
import { encodeModel } from '../models/saved-model.ts'
import { about, note, question } from '../question.ts'
import { replaceFile, requireReplaceable } from '../replace-file.ts'
import { type Learned, linearLearner, lstmLearner, modelNames } from '../reviews/sentiment/learners.ts'
import { completeLstm, lstmSettings } from '../reviews/sentiment/lstm/lstm-settings.ts'
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

function labelsUnchecked(): InputError {
  return new InputError(
    { en: 'Only a linear model checks all labels.', zh: '仅线性模型可检查全部标签。' },
    {
      ...{ code: 'setting-of-linear', value: 'checkLabels' },
      advice: { en: 'Leave --check-labels or --model lstm out.', zh: '请去掉 --check-labels 或 --model lstm。' },
    },
  )
}

function passRows(epochs: Learned['epochs'] = []) {
  return epochs.map(({ loss, heldOut }, i) => ({
    ...{ pass: i + 1, loss, accuracy: heldOut?.accuracy ?? null, logLoss: heldOut?.logLoss ?? null },
  }))
}

interface Added {
  readonly line: number | null
  readonly label: string
}

interface Contradicted extends Added {
  readonly by: 'stars' | 'words'
  readonly says: string
}

/** Contradicted labels of each kind that are named. */
const mostContradicted = 20

function contradictionNotes(count: number, file: string, isLeftOut: boolean): Text[] {
  if (count === 0) return []
  const [en, zh] = isLeftOut
    ? ['They were not learned from.', '未从中学习。']
    : [
        'They were learned from; --leave-out-contradicted leaves them out.',
        '仍从中学习；可用 --leave-out-contradicted 略去。',
      ]
  return [
    {
      en: `${counted(count, 'label')} of ${file} contradicted by stars or words: look at the lines above. ${en}`,
      zh: `${file} 中有 ${grouped(count)} 个标签与评分或用词矛盾：请查看上列各行。${zh}`,
    },
  ]
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
    const { file, text, label, stars, best, out, checkLabels, leaveOutContradicted, ...training } = parameters
    const { model: kind, seed, threads, ...given } = training
    const { progress, signal } = context
    const path = resolve(out)
    await requireReplaceable(path)
    if (kind === 'linear') refuseLstmSettings({ ...given, threads })
    else if (checkLabels) throw labelsUnchecked()
    const state = `${path}.training`
    const { gathered, learn } =
      kind === 'linear'
        ? linearLearner(seed, { checkAll: checkLabels, leaveOut: leaveOutContradicted }, context)
        : lstmLearner(completeLstm(given), { seed, threads }, state, context)
    progress.step({ en: 'Reading labels', zh: '读取标签' })
    const rule = await labelRuleOf(file, label, stars === undefined ? best : undefined, signal)
    const starRule = stars === undefined ? undefined : await labelRuleOf(file, stars, best, signal)
    progress.step({ en: 'Reading reviews', zh: '读取评论' })
    const leftOut: LeftOut = { between: 0, missing: 0, empty: 0 }
    const byStars: Contradicted[] = []
    const added: Added[] = []
    for await (const rows of readReviews(file, [text, label, ...(stars === undefined ? [] : [stars])], signal)) {
      for (const { line = null, values } of rows) {
        const written = values[label] ?? ''
        const read = readLabel(rule, written, file, line ?? undefined)
        if (read === 'between' || read === 'missing') {
          leftOut[read] += 1
          continue
        }
        const marks = stars === undefined ? '' : (values[stars] ?? '')
        const marked = starRule?.read(marks)
        const contradicts = (marked === 0 || marked === 1) && marked !== read
        if (contradicts) byStars.push({ line, label: written, by: 'stars', says: marks })
        if (contradicts && leaveOutContradicted) continue
        if (gathered.add(values[text] ?? '', read) === undefined) leftOut.empty += 1
        else added.push({ line, label: written })
      }
    }
    progress.step({ en: 'Learning', zh: '学习' })
    const { learned, outcomes } = gathered
    const { model, settings, epochs, heldOut, suspects = [], checked = 0, notes } = await learn()
    const byWords = suspects.map(({ review, probability }): Contradicted => {
      const { line, label: written } = added[review] as Added
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
      contradictedByStars: starRule ? byStars.length : null,
      ...{ checkedLabels: checked, contradictedByWords: byWords.length },
      contradicted: [...byStars.slice(0, mostContradicted), ...byWords.slice(0, mostContradicted)],
      notes: [
        rule.text,
        ...(starRule ? [starRule.text] : []),
        ...contradictionNotes(byStars.length + byWords.length, file, leaveOutContradicted),
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
