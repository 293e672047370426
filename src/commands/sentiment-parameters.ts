import { z } from 'zod'
import { about } from '../question.ts'
import { unsureWithin } from '../reviews/sentiment/sentiment-model.ts'

/** A file that is named first, second ... on the command line. */
export const fileParameter = (en: string, zh: string, position: number) => z.string().meta(about(en, zh, { position }))

export const modelParameter = fileParameter(
  'Model file of `marquee sentiment train`, or `lexicon` for a list of opinion words',
  '由 `marquee sentiment train` 生成的模型文件，或 `lexicon`（评价词表）',
  0,
)

export const textColumn = z.string().meta(about('Column with the text of the reviews', '评论文本列'))

export const unsureParameter = z
  .number()
  .min(0)
  .max(0.5)
  .default(unsureWithin)
  .meta(
    about(
      'Distance of the probability from one half within which the model is unsure',
      '概率与 0.5 之差在此之内视为不确定',
    ),
  )

export const favourableParameter = z
  .string()
  .optional()
  .meta(
    about(
      'Share of the reviews that is favourable, a number or `estimate`, where it differs from those learned from',
      '评论中正面的比例（数值，或 estimate 表示估计），与所学评论不同时使用',
    ),
  )

export const reliabilityRows = z
  .array(
    z.object({
      predicted: z.number().meta(about('Predicted', '预测', { unit: 'share' })),
      observed: z.number().meta(about('Observed', '实际', { unit: 'share' })),
      weight: z.number().meta(about('Reviews', '评论数')),
    }),
  )
  .meta(about('Probabilities against what was so', '预测概率与实际比例'))
