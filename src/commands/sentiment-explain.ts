import { z } from 'zod'
import { about, note, question } from '../question.ts'
import { openSentiment } from '../reviews/sentiment/open-sentiment.ts'
import {
  type Judgement,
  judgedByWords,
  notJudgedWords,
  verdictOf,
  verdicts,
} from '../reviews/sentiment/sentiment-model.ts'
import { fileParameter, modelParameter, unsureParameter } from './sentiment-parameters.ts'

const noSum = {
  en: 'What this model says is no sum over words: it reads them in order, so that no word has an amount of its own.',
  zh: '该模型按顺序阅读，其判断不是各词之和，因此没有单个词的贡献。',
}

/** What a model says of one text, and the words that make it. @throws InputError, ModelError */
export const sentimentExplain = question({
  name: 'sentiment explain',
  summary: { en: 'Judge one text, and name the words that decide', zh: '判断一段文本，并指出起决定作用的词' },
  examples: ['marquee sentiment explain reviews.model "A great film, but too long"'],
  parameters: z.object({
    model: modelParameter,
    text: fileParameter('The text', '文本', 1),
    unsure: unsureParameter,
    limit: z.int().min(1).default(15).meta(about('Parts to show; the rest is one sum', '显示的条目数，其余合并')),
  }),
  result: z.object({
    verdict: z.enum(verdicts).meta(about('Verdict', '判断')),
    probability: z
      .number()
      .nullable()
      .meta(about('Probability of being favourable', '正面概率', { unit: 'share' })),
    logit: z.number().nullable().meta(about('Logit', '对数几率')),
    language: z.string().meta(about('Language', '语言')),
    rows: z
      .array(
        z.object({
          words: z.string().meta(about('Words', '词语')),
          amount: z.number().meta(about('Amount', '贡献')),
        }),
      )
      .meta(about('What decides', '决定因素')),
    notes: z.array(note),
  }),
  async ask({ locale, signal }, { model: file, text, unsure, limit }) {
    const model = await openSentiment(file)
    const [judgement] = (await model.judge([text], signal)) as [Judgement]
    const verdict = verdictOf(judgement, unsure)
    const { language } = judgement
    if (judgement.why !== undefined) {
      const { en, zh } = notJudgedWords[judgement.why]
      const notes = [{ en: `Not judged: ${en}.`, zh: `未判断：${zh}。` }]
      return { verdict, probability: null, logit: null, language, rows: [], notes }
    }
    const { probability, logit } = judgement
    const parts = model.explain(text)
    if (!parts) return { verdict, probability, logit, language, rows: [], notes: [noSum] }
    const isChinese = locale === 'zh-CN'
    const named = parts.slice(0, limit).map(({ words, amount }) => ({
      words: words === '' ? (isChinese ? '（常数）' : '(constant)') : words,
      amount,
    }))
    const rest = parts.slice(limit)
    const restWords = isChinese ? `（其余 ${rest.length} 项）` : `(${rest.length} others)`
    return {
      ...{ verdict, probability, logit, language },
      rows:
        rest.length === 0
          ? named
          : [...named, { words: restWords, amount: rest.reduce((sum, { amount }) => sum + amount, 0) }],
      notes: [
        ...(model.by ? [judgedByWords[model.by]] : []),
        { en: 'The amounts sum to the logit.', zh: '各部分之和即对数几率。' },
      ],
    }
  },
})
