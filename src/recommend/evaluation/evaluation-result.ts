import { z } from 'zod'
import { about, note } from '../../question.ts'
import type { ListMetric } from './evaluate-models.ts'
import { attributes } from './exposure.ts'

const wholeNumber = (en: string, zh: string) => z.int().meta(about(en, zh))

/** A mean and its 95 % interval, as columns of a table. */
const estimated = (name: ListMetric, en: string, zh: string, short: { en: string; zh: string }) => ({
  [name]: z
    .number()
    .nullable()
    .meta(about(en, zh, { short })),
  [`${name}Low`]: z
    .number()
    .nullable()
    .meta(about(`${en}: lower end of the 95 % interval`, `${zh}：95% 区间下限`, { detail: true })),
  [`${name}High`]: z
    .number()
    .nullable()
    .meta(about(`${en}: upper end of the 95 % interval`, `${zh}：95% 区间上限`, { detail: true })),
})

/** Means and intervals of a metric by how much is told. */
const toldQuality = z.object({
  model: z.string().meta(about('Model', '模型', { as: 'code' })),
  told: z.string().meta(about('Titles told', '已知影片数')),
  viewers: wholeNumber('Viewers', '观众数'),
  ...estimated('ndcg100', 'nDCG@100', '排序质量 nDCG@100', { en: 'nDCG@100', zh: '排序@100' }),
  ...estimated('recall20', 'Recall@20', '召回率 Recall@20', { en: 'Recall@20', zh: '召回@20' }),
})

const share = (en: string, zh: string, short: { en: string; zh: string }) =>
  z.number().meta(about(en, zh, { unit: 'share', short }))

const exposure = z.object({
  model: z.string().meta(about('Model', '模型', { as: 'code' })),
  attribute: z.enum(attributes).meta(
    about('By', '维度', {
      words: {
        age: { en: 'age in years', zh: '上映年数' },
        genre: { en: 'genre', zh: '题材' },
        country: { en: 'country', zh: '国家或地区' },
      },
    }),
  ),
  value: z
    .string()
    .nullable()
    .meta(about('Value; empty where nothing is told', '取值；无资料则为空', { short: { en: 'Value', zh: '取值' } })),
  listed: share('Share of the first 20', '占前 20 名的比例', { en: 'Listed', zh: '推荐' }),
  watched: share('Share of what the same viewers are told to have watched', '占同一批观众已知播放的比例', {
    en: 'Watched',
    zh: '观看',
  }),
  catalogue: share('Share of all titles', '占全部影片的比例', { en: 'Catalogue', zh: '片库' }),
  ratio: z
    .number()
    .nullable()
    .meta(about('Listed to watched', '推荐与观看之比', { short: { en: 'Ratio', zh: '比值' } })),
})

/** What the terminal shows of the exposure at most. */
const mostExposure = 40

/** The answer of `recommend evaluate`. */
export const evaluationResult = z.object({
  viewers: wholeNumber('Viewers learned from', '学习所用观众数'),
  titles: wholeNumber('Titles', '影片数'),
  plays: wholeNumber('Plays learned from', '学习所用播放数'),
  testViewers: wholeNumber('Viewers judged', '评估的观众数'),
  rows: z
    .array(
      z.object({
        model: z.string().meta(about('Model', '模型', { as: 'code' })),
        ...estimated('ndcg100', 'nDCG@100', '排序质量 nDCG@100', { en: 'nDCG@100', zh: '排序@100' }),
        ...estimated('recall20', 'Recall@20', '召回率 Recall@20', { en: 'Recall@20', zh: '召回@20' }),
        ...estimated('recall50', 'Recall@50', '召回率 Recall@50', { en: 'Recall@50', zh: '召回@50' }),
        ...estimated('reciprocalRank', 'Mean reciprocal rank of the first hit', '首个命中的平均倒数排名', {
          en: 'MRR',
          zh: '首中倒数',
        }),
        coverage: z.number().meta(
          about('Titles that are among the first 20 of anybody', '进入任一前 20 名的影片占比', {
            unit: 'share',
            short: { en: 'Coverage', zh: '覆盖率' },
          }),
        ),
        ...estimated('novelty', 'Novelty of the first 20, in bits', '前 20 名的新颖度（比特）', {
          en: 'Novelty',
          zh: '新颖度',
        }),
        ...estimated('diversity', 'Diversity within the first 20', '前 20 名的列表内多样性', {
          en: 'Diversity',
          zh: '多样性',
        }),
        ...estimated(
          'popularityLift',
          'Plays of the first 20 to those of the titles told',
          '前 20 名与已知影片的热度之比',
          {
            en: 'Popularity',
            zh: '热度比',
          },
        ),
        trainSeconds: z.number().meta(about('Time to train once', '训练一次用时', { unit: 'seconds', detail: true })),
        listsPerSecond: z.number().meta(about('Lists judged in a second', '每秒评估的列表数', { detail: true })),
        validationNdcg100: z
          .number()
          .nullable()
          .meta(about('nDCG@100 that the settings were chosen by', '选择设置所依据的 nDCG@100', { detail: true })),
        settingsTried: wholeNumber('Settings tried', '尝试的设置数').meta({ detail: true }),
        settings: z.string().meta(about('Settings', '设置', { as: 'code', detail: true })),
      }),
    )
    .meta(about('Models, best first', '模型，由好到差')),
  comparisons: z
    .array(
      z.object({
        best: z.string().meta(about('Model', '模型', { as: 'code' })),
        other: z.string().meta(about('Against', '对比', { as: 'code' })),
        difference: z
          .number()
          .meta(about('Difference in nDCG@100', 'nDCG@100 之差', { short: { en: 'Difference', zh: '差' } })),
        low: z.number().meta(about('Low (95 %)', '下限（95%）')),
        high: z.number().meta(about('High (95 %)', '上限（95%）')),
        pValue: z.number().meta(about('p', 'p 值')),
      }),
    )
    .meta(about('The best model against each other one, viewer by viewer', '最佳模型与其余模型逐观众比较')),
  coldStart: z
    .array(toldQuality)
    .meta(
      about(
        'Lists that follow from so many titles at most, drawn from those told of each viewer',
        '从每位观众的已知影片中至多抽取若干部时的列表质量',
      ),
    ),
  byTitlesTold: z.array(toldQuality).meta(about('By the number of titles told of a viewer', '按观众的已知影片数')),
  exposure: z.array(exposure).meta(
    about('What lists give room to, beside what was watched', '推荐列表的曝光与实际观看的对比', {
      most: mostExposure,
    }),
  ),
  notes: z.array(note),
})
