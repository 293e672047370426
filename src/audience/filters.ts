import { z } from 'zod'
import { about } from '../question.ts'

/** Parameters that narrow the plays looked at. */
export const filters = {
  from: z.iso.date().optional().meta(about('First day, UTC', '起始日（UTC）')),
  to: z.iso.date().optional().meta(about('Last day, UTC', '结束日（UTC）')),
  source: z.string().optional().meta(about('Only this source', '仅此来源')),
  region: z.string().optional().meta(about('Only this region', '仅此地区')),
  device: z.string().optional().meta(about('Only this device', '仅此设备')),
}
