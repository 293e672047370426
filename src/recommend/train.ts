import { z } from 'zod'
import { about, note, question } from '../question.ts'
import type { Weighing } from './query.ts'
import { trainServedModel } from './train-served-model.ts'

/** How much older plays and ratings count. */
export const halfLifeParameter = z
  .number()
  .min(0)
  .optional()
  .meta(
    about(
      'Days after which a play or rating counts half; 365 unless set, 0 for never',
      '播放或评分权重减半的天数；默认 365，0 为不衰减',
      { unit: 'days' },
    ),
  )

export const weighingOf = (halfLifeDays = 365): Weighing => ({
  halfLifeDays: halfLifeDays === 0 ? null : halfLifeDays,
})

/** Trains a recommender on the project and publishes it. */
export const recommendTrain = question({
  name: 'recommend train',
  summary: { en: 'Learn what to recommend from plays and ratings', zh: '从播放与评分中学习推荐模型' },
  examples: ['marquee recommend train', 'marquee recommend train --model item-based --seed 7'],
  parameters: z.object({
    model: z
      .string()
      .default('auto')
      .meta(
        about(
          'Algorithm, or auto for what guesses viewers held out best; `marquee recommend models --algorithms` lists them',
          '算法；auto 为对留出观众预测最好者；可用 marquee recommend models --algorithms 列出',
        ),
      ),
    halfLifeDays: halfLifeParameter,
    seed: z.int().min(0).default(1).meta(about('Seed of all that is random', '随机种子')),
    on: z
      .enum(['cluster', 'here'])
      .optional()
      .meta(
        about(
          'Where to learn, with `engine: spark`; on the cluster where there are more than 50 million pairs of viewer and title, unless set',
          '在何处训练（用于 `engine: spark`）；默认在观众与影片的配对超过五千万时在集群上训练',
          {
            words: { cluster: { en: 'on the cluster', zh: '集群' }, here: { en: 'on this machine', zh: '本机' } },
          },
        ),
      ),
    threads: z.int().min(1).optional().meta(about('Threads; one a core unless set', '线程数，默认每核一个')),
  }),
  result: z.object({
    version: z.int().meta(about('Version of the model', '模型版本')),
    algorithm: z.string().meta(about('Algorithm', '算法', { as: 'code' })),
    viewers: z.int().meta(about('Viewers learned from', '学习所用观众数')),
    titles: z.int().meta(about('Titles', '影片数')),
    plays: z.int().meta(about('Pairs of viewer and title', '观众与影片的配对数')),
    bytes: z.int().meta(about('Size of the model in bytes', '模型大小（字节）', { detail: true })),
    sha256: z.string().meta(about('SHA-256 of the model file', '模型文件的 SHA-256', { detail: true })),
    settings: z.record(z.string(), z.unknown()).meta(about('Settings', '设置', { detail: true })),
    rows: z
      .array(
        z.object({
          algorithm: z.string().meta(about('Tried', '已尝试', { as: 'code' })),
          ndcg100: z.number().nullable().meta(about('nDCG@100 of viewers held out', '留出观众的 nDCG@100')),
          tried: z.int().meta(about('Settings tried', '尝试的设置数')),
        }),
      )
      .meta(about('What was tried, best first', '已尝试的模型，由好到差')),
    finishLogLoss: z.number().nullable().meta(about('Log-loss of the finish probability', '看完概率的对数损失')),
    finishBaseLogLoss: z.number().nullable().meta(about('Log-loss of one probability for all', '统一概率的对数损失')),
    finishAreaUnderRoc: z
      .number()
      .nullable()
      .meta(about('Area under the ROC curve of the finish probability', '看完概率的 ROC 曲线下面积')),
    finishCalibrationError: z
      .number()
      .nullable()
      .meta(about('Expected calibration error in the first 20 titles', '前 20 部影片的期望校准误差')),
    finishReliability: z
      .array(
        z.object({
          predicted: z.number().meta(about('Predicted', '预测', { unit: 'share' })),
          observed: z.number().meta(about('Observed', '实际', { unit: 'share' })),
          weight: z.number().meta(about('Titles listed', '列出影片数')),
        }),
      )
      .meta(about('Finish probability of titles listed to viewers held out', '向留出观众列出影片的看完概率')),
    notes: z.array(note),
  }),
  async ask(context, { halfLifeDays, ...order }) {
    const { record, choice, learned } = await trainServedModel(context, {
      ...order,
      weighing: weighingOf(halfLifeDays),
    })
    const { viewers = 0, titles = 0, plays = 0 } = record.size
    return {
      version: record.version,
      algorithm: record.algorithm,
      ...{ viewers, titles, plays, bytes: record.bytes, sha256: record.sha256, settings: record.settings },
      rows: choice.candidates.map(({ algorithm, ndcg100, tried }) => ({ algorithm: algorithm.name, ndcg100, tried })),
      finishLogLoss: record.metrics.finishLogLoss ?? null,
      finishBaseLogLoss: record.metrics.finishBaseLogLoss ?? null,
      finishAreaUnderRoc: record.metrics.finishAreaUnderRoc ?? null,
      finishCalibrationError: record.metrics.finishCalibrationError ?? null,
      finishReliability: 'finish' in learned ? learned.finish.quality.reliability : [],
      notes: [
        ...(record.why ? [record.why] : []),
        ...choice.leftOut.map(({ algorithm, why }) => ({
          en: `${algorithm} is left out: ${why.en}`,
          zh: `略去 ${algorithm}：${why.zh}`,
        })),
        ...('why' in learned ? [learned.why] : []),
        {
          en: `Version ${record.version} is published: ask \`marquee recommend for VIEWER\`.`,
          zh: `版本 ${record.version} 已发布：可用 \`marquee recommend for VIEWER\` 查询。`,
        },
      ],
    }
  },
})
