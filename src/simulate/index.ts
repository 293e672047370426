import { z } from 'zod'
import { about, question } from '../question.ts'
import { simulate } from './simulate.ts'

export { demoSettings } from './demo-settings.ts'
export type { SimulateOptions } from './parameters.ts'
export { simulate } from './simulate.ts'
export type { SimulationSummary } from './simulation-summary.ts'

const counts = z.record(z.string(), z.number())

/** `marquee simulate`: writes raw files of simulated platforms and stations with the truth about them. */
export const simulateQuestion = question({
  name: 'simulate',
  summary: {
    en: 'Write messy raw files of simulated sources, and the truth',
    zh: '生成模拟来源的原始数据文件（含已知错误）及真值',
  },
  examples: ['marquee simulate --viewers 200 --days 7 --seed 1 --out simulated'],
  parameters: z.object({
    viewers: z.coerce.number().default(10_000).meta(about('How many people watch', '观众人数')),
    days: z.coerce.number().default(30).meta(about('How many days, up to the end of 2025', '天数，截至 2025 年底')),
    seed: z.coerce.number().default(1).meta(about('Equal seeds give equal files', '随机种子，相同种子得到相同文件')),
    out: z.string().meta(about('A new folder to write to', '输出文件夹（须为新文件夹）')),
    catalogue: z
      .enum(['vega', 'invented'])
      .default('vega')
      .meta(about('Real films beside invented titles, or these alone', '真实影片加虚构影片，或仅虚构影片')),
  }),
  result: z.object({
    out: z.string().meta(about('The folder', '文件夹')),
    seed: z.number().meta(about('Seed', '随机种子')),
    plays: z.number().meta(about('Rows of plays', '播放记录行数')),
    rows: z
      .array(
        z.object({
          file: z.string().meta(about('File', '文件')),
          rows: z.number().meta(about('Rows', '行数')),
          planted: z.number().meta(about('Rows with a planted defect', '植入错误的行数')),
          defects: counts.meta(about('Planted rows by rule', '各规则植入行数')),
        }),
      )
      .meta(about('Files', '文件')),
  }),
  async ask(context, parameters) {
    const summary = await simulate(parameters, { progress: context.progress, signal: context.signal })
    return {
      out: parameters.out,
      seed: summary.seed,
      plays: summary.plays,
      rows: Object.entries(summary.rows).map(([file, rows]) => {
        const defects = summary.defects[file] ?? {}
        const planted = Object.values(defects).reduce((sum, count) => sum + count, 0)
        return { file, rows, planted, defects: { ...defects } }
      }),
    }
  },
})
