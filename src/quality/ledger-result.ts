import { z } from 'zod'
import { about } from '../question.ts'
import type { Text } from '../text.ts'

const count = (en: string, zh: string, short?: Text) => z.int().meta(about(en, zh, short ? { short } : {}))

/** Rows read and what became of them, over all files. */
export const ledgerTotals = z.object({
  read: count('Rows read', '读取行数', { en: 'Read', zh: '读取' }),
  accepted: count('Accepted', '接受'),
  duplicates: count('Duplicates', '重复'),
  quarantined: count('Quarantined', '隔离'),
})

/** One file of the row ledger. */
export const ledgerRow = z.object({
  file: z.string().meta(about('File', '文件', { as: 'path' })),
  source: z.string().meta(about('Source', '来源', { detail: true })),
  kind: z.string().meta(about('Kind', '类别', { detail: true })),
  ...ledgerTotals.shape,
  reasons: z.record(z.string(), z.int()).meta(about('Reasons (rows)', '原因（行数）')),
  warnings: z.record(z.string(), z.int()).meta(about('Warnings (rows)', '警告（行数）', { detail: true })),
})
