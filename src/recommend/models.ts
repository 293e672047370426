import { z } from 'zod'
import { about, note, question } from '../question.ts'
import { algorithms } from './algorithm/index.ts'
import { recommenderName } from './served-model.ts'

/** Lists the trained recommenders, or publishes another one of them. */
export const recommendModels = question({
  name: 'recommend models',
  summary: {
    en: 'List the trained recommenders, or go back to an earlier one',
    zh: '列出已训练的推荐模型，或回滚到先前版本',
  },
  examples: ['marquee recommend models', 'marquee recommend models --use 1', 'marquee recommend models --algorithms'],
  parameters: z.object({
    use: z.int().positive().optional().meta(about('Version to publish again', '要重新发布的版本')),
    algorithms: z.boolean().default(false).meta(about('List what can be trained', '列出可训练的算法')),
  }),
  result: z.object({
    rows: z
      .array(
        z.object({
          version: z.int().meta(about('Version', '版本')),
          isPublished: z.boolean().meta(about('Published', '已发布')),
          algorithm: z.string().meta(about('Algorithm', '算法', { as: 'code' })),
          trainedAt: z.string().meta(about('Trained at, UTC', '训练时间（UTC）')),
          dataVersion: z.int().meta(about('Data version', '数据版本')),
          ndcg100: z.number().nullable().meta(about('nDCG@100 of viewers held out', '留出观众的 nDCG@100')),
          seed: z.int().meta(about('Seed', '随机种子', { detail: true })),
          bytes: z.int().meta(about('Bytes', '字节', { detail: true })),
          sha256: z.string().meta(about('SHA-256', 'SHA-256', { detail: true })),
          size: z.record(z.string(), z.number()).meta(about('Learned from', '学习规模', { detail: true })),
          metrics: z
            .record(z.string(), z.number())
            .meta(about('Measured on viewers held out', '留出观众上的指标', { detail: true })),
          settings: z.record(z.string(), z.unknown()).meta(about('Settings', '设置', { detail: true })),
        }),
      )
      .meta(about('Trained models, oldest first', '已训练的模型，由旧到新')),
    algorithms: z
      .array(
        z.object({
          algorithm: z.string().meta(about('Algorithm', '算法', { as: 'code' })),
          summary: note.meta(about('What it does', '说明', { as: 'prose' })),
        }),
      )
      .meta(about('What can be trained', '可训练的算法')),
    notes: z.array(note),
  }),
  async ask(context, { use, algorithms: isListing }) {
    const store = context.models(recommenderName)
    if (use !== undefined) await store.use(use)
    const current = await store.current()
    const records = await store.list()
    return {
      rows: records.map(
        ({ version, algorithm, trainedAt, dataVersion, metrics, seed, bytes, sha256, size, settings }) => ({
          ...{ version, isPublished: version === current, algorithm, trainedAt, dataVersion },
          ...{ ndcg100: metrics.ndcg100 ?? null, seed, bytes, sha256, size, metrics, settings },
        }),
      ),
      algorithms: isListing ? Object.values(algorithms).map(({ name, summary }) => ({ algorithm: name, summary })) : [],
      notes:
        records.length === 0
          ? [
              {
                en: 'Nothing trained yet: run `marquee recommend train`.',
                zh: '尚未训练：请运行 `marquee recommend train`。',
              },
            ]
          : [],
    }
  },
})
