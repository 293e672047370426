import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { stringify } from 'yaml'
import { z } from 'zod'
import { createContext } from '../cli/create-context.ts'
import { hotTitles } from '../discovery/index.ts'
import { InputError } from '../errors.ts'
import { layoutOf } from '../project/layout.ts'
import { about, note, question } from '../question.ts'
import { demoSettings, simulate } from '../simulate/index.ts'
import { runBuild } from './build.ts'
import { writeReport } from './report.ts'

const shown = 5

/** Simulates an audience of real films and invented series, builds it and writes the report. */
export const demo = question({
  name: 'demo',
  summary: { en: 'build a demonstration project and its report', zh: '构建演示项目并生成报告' },
  examples: ['marquee demo', 'marquee demo --out try-it --viewers 2000 --days 21'],
  parameters: z.object({
    out: z.string().default('marquee-demo').meta(about('A new folder', '新文件夹')),
    viewers: z.int().positive().default(5000).meta(about('Simulated viewers', '模拟观众人数')),
    days: z.int().positive().default(28).meta(about('Simulated days', '模拟天数')),
    seed: z.int().default(1).meta(about('Equal seeds give equal data', '随机种子')),
  }),
  result: z.object({
    folder: z.string(),
    report: z.string(),
    totals: z.object({ read: z.int(), accepted: z.int(), duplicates: z.int(), quarantined: z.int() }),
    rows: z.array(
      z.object({
        rank: z.int().meta(about('Rank', '名次')),
        name: z.string().nullable().meta(about('Hot title', '热门影片')),
        decayedMinutes: z.number().nullable().meta(about('Heat', '热度')),
        growth: z
          .number()
          .nullable()
          .meta(about('Growth', '增长', { unit: 'ratio' })),
      }),
    ),
    notes: z.array(note),
  }),
  async ask(outer, { out, viewers, days, seed }) {
    const folder = resolve(out)
    if (
      await stat(folder).then(
        () => true,
        () => false,
      )
    ) {
      throw new InputError(
        { en: 'The folder is there already.', zh: '该文件夹已存在。' },
        {
          code: 'folder-exists',
          value: out,
          advice: { en: 'Remove it, or name another with --out.', zh: '请删除该文件夹，或用 --out 指定其他文件夹。' },
        },
      )
    }
    await mkdir(folder, { recursive: true })
    outer.progress.step({ en: 'Simulating three platforms and two stations', zh: '模拟三个平台与两家电视台' })
    const simulated = await simulate(
      { viewers, days, seed, out: join(folder, 'raw'), catalogue: 'vega' },
      { progress: outer.progress, signal: outer.signal },
    )
    await writeFile(layoutOf(folder).settings, stringify({ ...demoSettings(simulated, 'raw'), isSimulated: true }))
    await writeFile(join(folder, '.gitignore'), '.marquee/\nmarquee.key\n')
    const context = createContext({ ...outer, folder })
    try {
      const { totals, notes } = await runBuild(context)
      const file = join(folder, 'report.html')
      await writeReport(context, file)
      const hot = await hotTitles.ask(context, { by: 'volume', halfLifeDays: 7, periodDays: 7, limit: shown })
      return {
        folder,
        report: file,
        totals,
        rows: hot.rows.map(({ rank, name, decayedMinutes, growth }) => ({ rank, name, decayedMinutes, growth })),
        notes: [
          {
            en: 'Films, people and box office are real (vega-datasets); the audience and the series are simulated.',
            zh: '影片、人员与票房为真实数据（vega-datasets）；观众与剧集均为模拟。',
          },
          ...notes,
          { en: `Open the report: ${file}`, zh: `打开报告：${file}` },
        ],
      }
    } finally {
      await context.close()
    }
  },
})
