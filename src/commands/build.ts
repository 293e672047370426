import { z } from 'zod'
import { build } from '../ingest/build.ts'
import { ensureKeys } from '../privacy/keys.ts'
import { loadDecisions } from '../project/decisions.ts'
import { layoutOf } from '../project/layout.ts'
import { loadSettings } from '../project/load-settings.ts'
import { openEngine } from '../project/open-engine.ts'
import { ledgerRow, ledgerTotals } from '../quality/ledger-result.ts'
import { about, type Context, note, question } from '../question.ts'
import { counted, grouped } from '../text.ts'

export const buildResult = z.object({
  version: z.int().meta(about('Version', '版本', { detail: true })),
  isNew: z.boolean().meta(about('Whether anything had changed', '是否有变化', { detail: true })),
  filesRead: z.int().meta(about('Files read', '读取的文件', { detail: true })),
  filesKept: z.int().meta(about('Files kept from earlier builds', '沿用的文件', { detail: true })),
  totals: ledgerTotals.meta(about('Rows read and what became of them', '读取的行及其去向', { detail: true })),
  identityHolds: z.boolean().meta(
    about('Whether rows read = accepted + duplicates + quarantined', '读取 = 接受 + 重复 + 隔离 是否成立', {
      detail: true,
    }),
  ),
  rows: z.array(ledgerRow),
  notes: z.array(note),
})

/** Builds the project of `context`; see the `build` command. */
export async function runBuild(
  context: Context,
  { wait = false, learn = false } = {},
): Promise<z.output<typeof buildResult>> {
  const layout = layoutOf(context.folder)
  const settings = await loadSettings(layout.settings)
  const { record, isNew, filesRead, filesKept } = await build({
    layout,
    settings,
    keys: await ensureKeys(context.folder),
    decisions: await loadDecisions(layout.decisions),
    openEngine: () => openEngine(layout, settings),
    now: context.now(),
    signal: context.signal,
    progress: context.progress,
    wait,
    learn,
  })
  const totals = { read: 0, accepted: 0, duplicates: 0, quarantined: 0 }
  for (const ledger of record.ledgers) {
    for (const key of ['read', 'accepted', 'duplicates', 'quarantined'] as const) totals[key] += ledger[key]
  }
  const { read, accepted, duplicates, quarantined } = totals
  const uncertain = record.uncertainTitles.length
  return {
    version: record.version,
    isNew,
    filesRead,
    filesKept,
    totals,
    identityHolds: read === accepted + duplicates + quarantined,
    rows: record.ledgers.map(({ partId: _partId, quarantineIds: _quarantineIds, ...ledger }) => ({
      ...ledger,
      reasons: mostFirst(ledger.reasons),
    })),
    notes: [
      {
        en: `Version ${record.version}${isNew ? '' : ' (unchanged)'}: ${counted(read, 'row')} read = ${grouped(accepted)} accepted + ${counted(duplicates, 'duplicate')} + ${grouped(quarantined)} quarantined. ${counted(filesRead, 'file')} read, ${filesKept} kept.`,
        zh: `版本 ${record.version}${isNew ? '' : '（无变化）'}：读取 ${grouped(read)} 行 = 接受 ${grouped(accepted)} + 重复 ${grouped(duplicates)} + 隔离 ${grouped(quarantined)}。读取 ${filesRead} 个文件，沿用 ${filesKept} 个。`,
      },
      ...record.reviews,
      ...(uncertain > 0
        ? [
            {
              en: `To decide, ${counted(uncertain, 'pair')} of titles that may be the same work: \`marquee titles review\`.`,
              zh: `待判定：${uncertain} 对片名可能是同一作品，见 \`marquee titles review\`。`,
            },
          ]
        : []),
      ...(quarantined > 0
        ? [
            {
              en: 'What is kept out, and why: `marquee quarantine list`.',
              zh: '被隔离的行及原因：`marquee quarantine list`。',
            },
          ]
        : []),
    ],
  }
}

const mostFirst = (counts: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(counts).sort(([, left], [, right]) => right - left))

/** Reads what is new, cleans, integrates and publishes. @throws InputError, DataError; the published version stays as it was. */
export const buildQuestion = question({
  name: 'build',
  summary: { en: 'Read, clean, integrate and publish all sources', zh: '读取、清洗、整合并发布全部来源' },
  examples: ['marquee build', 'marquee build --json'],
  parameters: z.object({
    wait: z
      .boolean()
      .default(false)
      .meta(about('Wait for another build of the project to end', '等待该项目的另一次构建结束')),
    learn: z
      .boolean()
      .default(false)
      .meta(
        about(
          "Learn anew from the project's own reviews what makes a review favourable, and judge all by it",
          '用项目自身的评论重新学习情感倾向，并据此重新判断全部评论',
        ),
      ),
  }),
  result: buildResult,
  ask: (context, given) => runBuild(context, given),
})
