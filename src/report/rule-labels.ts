import type { RuleId } from '../quality/rules.ts'
import type { Text } from '../text.ts'

const labels: Readonly<Record<RuleId, Text>> = {
  'malformed-row': { en: 'Malformed row', zh: '格式错误' },
  'summary-row': { en: 'Total or note', zh: '合计或说明行' },
  'required-missing': { en: 'Value missing', zh: '缺少必填值' },
  unparseable: { en: 'Unreadable value', zh: '无法解析' },
  'non-positive-duration': { en: 'Zero duration', zh: '时长非正' },
  'excessive-duration': { en: 'Too long', zh: '时长超限' },
  'start-in-future': { en: 'In the future', zh: '时间在未来' },
  'marked-bot': { en: 'Bot', zh: '机器人' },
  'exact-duplicate': { en: 'Exact duplicate', zh: '完全重复' },
  'duplicate-key': { en: 'Same play id', zh: '播放编号重复' },
  'cross-source-duplicate': { en: 'In two sources', zh: '跨来源重复' },
  'invalid-viewer': { en: 'Invalid viewer', zh: '无效观众' },
  'beyond-runtime': { en: 'Beyond runtime', zh: '超过片长' },
  'start-before-release': { en: 'Before release', zh: '早于上映' },
  'beyond-next-event': { en: 'Past next play', zh: '越过下次播放' },
  'overlapping-session': { en: 'Overlapping', zh: '会话重叠' },
  'unknown-title': { en: 'Unknown title', zh: '未知片名' },
}

/** A rule in a word or two; a rule of the user's own keeps its id. */
export function ruleLabel(id: string): Text {
  return Object.hasOwn(labels, id) ? labels[id as RuleId] : { en: id, zh: id }
}
