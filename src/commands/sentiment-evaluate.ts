import { z } from 'zod'
import { InputError } from '../errors.ts'
import { about, note, question } from '../question.ts'
import { replaceFile, requireReplaceable } from '../replace-file.ts'
import { reliabilityChart } from '../report/chart/reliability-chart.ts'
import { drawSvg } from '../report/draw-svg.ts'
import { compareReviews, shiftNotes } from '../reviews/sentiment/domain-shift.ts'
import { measureSentiment, predictionsOf } from '../reviews/sentiment/measures.ts'
import { type Judgement, type NotJudged, notJudgedWords, verdictOf } from '../reviews/sentiment/sentiment-model.ts'
import { counted, grouped } from '../text.ts'
import { openForReviews, skewNotes } from './open-for-reviews.ts'
import { labelRuleOf, readLabel, readReviews } from './read-reviews.ts'
import {
  favourableParameter,
  fileParameter,
  modelParameter,
  reliabilityRows,
  textColumn,
  unsureParameter,
} from './sentiment-parameters.ts'

/** Logits and labels of the reviews of one kind. */
class Judged {
  readonly logit: number[] = []
  readonly outcome: number[] = []

  add(logit: number, outcome: 0 | 1): void {
    this.logit.push(logit)
    this.outcome.push(outcome)
  }
}

function summary({ logit, outcome }: Judged) {
  const { reviews, accuracy, macroF1, areaUnderRoc } = measureSentiment(predictionsOf(logit, outcome))
  return { reviews, accuracy, macroF1, areaUnderRoc: Number.isNaN(areaUnderRoc) ? null : areaUnderRoc }
}

const group = {
  reviews: z.int().meta(about('Reviews', '评论数')),
  accuracy: z.number().meta(about('Right', '准确率', { unit: 'share' })),
  macroF1: z.number().meta(about('Macro-F1', '宏平均 F1')),
  areaUnderRoc: z.number().nullable().meta(about('AUC', 'ROC 面积')),
}

function groupRows(groups: ReadonlyMap<string, Judged>) {
  return [...groups].map(([name, judged]) => ({ name, ...summary(judged) })).sort((a, b) => b.reviews - a.reviews)
}

/** How well a model tells labelled reviews apart. @throws InputError, DataError, ModelError */
export const sentimentEvaluate = question({
  name: 'sentiment evaluate',
  summary: { en: 'How well a model judges labelled reviews', zh: '用带标签的评论检验情感模型' },
  examples: [
    'marquee sentiment evaluate reviews.model reviews.csv --text text --label stars',
    'marquee sentiment evaluate reviews.model reviews.csv --text text --label stars --source site --json',
    'marquee sentiment evaluate reviews.model reviews.csv --text text --label stars --picture reliability.svg',
  ],
  parameters: z.object({
    model: modelParameter,
    file: fileParameter('File of labelled reviews', '带标签的评论文件', 1),
    text: textColumn,
    label: z.string().meta(about('Column with what is so', '标签列')),
    best: z
      .number()
      .positive()
      .optional()
      .meta(about('The best mark there is, where labels are marks', '标签为评分时的满分')),
    source: z.string().optional().meta(about('Column by which to tell results apart', '分组列')),
    favourable: favourableParameter,
    unsure: unsureParameter,
    picture: z
      .string()
      .optional()
      .meta(
        about(
          'SVG file to draw in how far probabilities are true (reliability diagram)',
          '写入校准曲线图（概率是否属实）的 SVG 文件',
        ),
      ),
  }),
  result: z.object({
    reviews: z.int().meta(about('Reviews judged', '判断的评论数')),
    accuracy: z.number().meta(about('Right', '准确率', { unit: 'share' })),
    macroF1: z.number().meta(about('Macro-F1', '宏平均 F1')),
    areaUnderRoc: z.number().nullable().meta(about('Area under the ROC curve', 'ROC 曲线下面积')),
    calibrationError: z.number().meta(about('Expected calibration error', '期望校准误差')),
    logLoss: z.number().meta(about('Log-loss', '对数损失')),
    sureShare: z.number().meta(about('Share that the model is sure of', '模型有把握的比例', { unit: 'share' })),
    sureAccuracy: z
      .number()
      .nullable()
      .meta(about('Right of these', '其中准确率', { unit: 'share' })),
    confusion: z
      .array(
        z.object({
          is: z.string().meta(about('Is', '实际')),
          saidPositive: z.int().meta(about('Called favourable', '判为正面')),
          saidNegative: z.int().meta(about('Called unfavourable', '判为负面')),
        }),
      )
      .meta(about('What is so and what is said', '混淆矩阵')),
    languages: z
      .array(z.object({ name: z.string().meta(about('Language', '语言')), ...group }))
      .meta(about('By language', '按语言')),
    sources: z
      .array(z.object({ name: z.string().meta(about('Source', '来源')), ...group }))
      .meta(about('By source', '按来源')),
    reliability: reliabilityRows,
    shift: z
      .object({
        known: z
          .number()
          .meta(about('Known to the model of each review', '每条评论中模型所知的比例', { unit: 'share' })),
        knownBefore: z
          .number()
          .meta(about('Known of those held out in training', '训练时留出评论中所知的比例', { unit: 'share' })),
        distance: z.number().meta(about('Kolmogorov-Smirnov distance of both', '两者的 Kolmogorov-Smirnov 距离')),
        p: z.number().meta(about('Probability of that between equals', '同类之间出现该距离的概率')),
        favourable: z.number().meta(about('Favourable', '正面', { unit: 'share' })),
        favourableBefore: z
          .number()
          .meta(about('Favourable of those held out', '训练时留出评论中正面的比例', { unit: 'share' })),
        calibrationError: z.number().meta(about('Expected calibration error', '期望校准误差')),
        calibrationErrorBefore: z
          .number()
          .meta(about('Expected calibration error in training', '训练时的期望校准误差')),
      })
      .nullable()
      .meta(about('Against the reviews learned from', '与所学评论的比较', { detail: true })),
    notes: z.array(note),
  }),
  async ask(
    { progress, signal, locale },
    { model: modelFile, file, text, label, best, source, favourable, unsure, picture },
  ) {
    if (picture !== undefined) await requireReplaceable(picture)
    const expected = await openForReviews(modelFile, { file, text, favourable }, progress, signal)
    const { model } = expected
    progress.step({ en: 'Reading labels', zh: '读取标签' })
    const rule = await labelRuleOf(file, label, best, signal)
    progress.step({ en: 'Judging', zh: '判断' })
    const all = new Judged()
    const languages = new Map<string, Judged>()
    const sources = new Map<string, Judged>()
    const notJudged = new Map<NotJudged, number>()
    const known: number[] = []
    const sure = { reviews: 0, right: 0 }
    let unlabelled = 0
    const columns = source === undefined ? [text, label] : [text, label, source]
    const addTo = (groups: Map<string, Judged>, name: string, logit: number, outcome: 0 | 1) => {
      const own = groups.get(name) ?? new Judged()
      own.add(logit, outcome)
      groups.set(name, own)
    }
    const take = (judgement: Judgement, outcome: 0 | 1, from: string | undefined) => {
      if (judgement.why !== undefined) {
        notJudged.set(judgement.why, (notJudged.get(judgement.why) ?? 0) + 1)
        return
      }
      const { logit, language } = judgement
      if (judgement.known !== undefined) known.push(judgement.known)
      all.add(logit, outcome)
      addTo(languages, language, logit, outcome)
      if (from !== undefined) addTo(sources, from, logit, outcome)
      const verdict = verdictOf(judgement, unsure)
      if (verdict === 'unsure') return
      sure.reviews += 1
      if ((verdict === 'positive') === (outcome === 1)) sure.right += 1
    }
    for await (const rows of readReviews(file, columns, signal)) {
      const labelled = rows.flatMap(({ line, values }) => {
        const outcome = readLabel(rule, values[label] ?? '', file, line)
        return outcome === 'between' || outcome === 'missing' ? [] : [{ outcome, values }]
      })
      unlabelled += rows.length - labelled.length
      const judgements = await model.judge(
        labelled.map(({ values }) => values[text] ?? ''),
        signal,
      )
      for (const [i, { outcome, values }] of labelled.entries()) {
        take(judgements[i] as Judgement, outcome, source === undefined ? undefined : (values[source] ?? ''))
      }
    }
    if (all.logit.length === 0) {
      throw new InputError(
        { en: `No labelled review of ${file} can be judged.`, zh: `${file} 中没有可判断的带标签评论。` },
        {
          ...{ code: 'nothing-to-judge', value: Object.fromEntries(notJudged), file },
          advice: {
            en: `The model has learned ${Object.keys(model.learned).join(', ')}. Check the columns and the language.`,
            zh: `模型学习的语言为 ${Object.keys(model.learned).join('、')}。请检查列名与语言。`,
          },
        },
      )
    }
    const { areaUnderRoc, confusion, reliability, ...measures } = measureSentiment(
      predictionsOf(all.logit, all.outcome),
    )
    if (picture !== undefined) {
      const chart = reliabilityChart(reliability, {
        en: `Are the probabilities true? Expected calibration error ${measures.calibrationError.toFixed(3)}`,
        zh: `概率是否属实？期望校准误差 ${measures.calibrationError.toFixed(3)}`,
      })
      await replaceFile(picture, drawSvg(chart, locale))
    }
    const shift =
      model.heldOut && known.length > 0
        ? compareReviews(
            {
              known: Float32Array.from(known).sort(),
              favourable: (confusion[1][0] + confusion[1][1]) / measures.reviews,
              calibrationError: measures.calibrationError,
            },
            model.heldOut,
          )
        : undefined
    return {
      ...measures,
      shift: shift ?? null,
      areaUnderRoc: Number.isNaN(areaUnderRoc) ? null : areaUnderRoc,
      sureShare: sure.reviews / all.logit.length,
      sureAccuracy: sure.reviews === 0 ? null : sure.right / sure.reviews,
      confusion: [
        { is: 'positive', saidPositive: confusion[1][1], saidNegative: confusion[1][0] },
        { is: 'negative', saidPositive: confusion[0][1], saidNegative: confusion[0][0] },
      ],
      languages: groupRows(languages),
      sources: groupRows(sources),
      reliability: [...reliability],
      notes: [
        rule.text,
        ...expected.notes,
        ...(shift ? shiftNotes(shift) : []),
        ...(favourable === undefined ? skewNotes(model, all.logit) : []),
        ...(picture === undefined ? [] : [{ en: `Drew ${picture}.`, zh: `已绘图：${picture}。` }]),
        ...(unlabelled === 0
          ? []
          : [
              {
                en: `${counted(unlabelled, 'row')} with no label, or one between, left out.`,
                zh: `${grouped(unlabelled)} 行无标签或介于两者之间，已略去。`,
              },
            ]),
        ...[...notJudged].map(([why, count]) => ({
          en: `${counted(count, 'review')} not judged: ${notJudgedWords[why].en}.`,
          zh: `${grouped(count)} 条未判断：${notJudgedWords[why].zh}。`,
        })),
      ],
    }
  },
})
