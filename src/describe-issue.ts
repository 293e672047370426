import { z } from 'zod'
import type { Text } from './text.ts'

const hints = new Map<string, Text>()

/** Text that matches `pattern`, which `hint` puts in words. */
export function textLike(pattern: RegExp, hint: Text): z.ZodString {
  hints.set(String(pattern), hint)
  return z.string().regex(pattern)
}

const types: Readonly<Record<string, Text>> = {
  string: { en: 'must be text', zh: '应为文本' },
  number: { en: 'must be a number', zh: '应为数字' },
  int: { en: 'must be a whole number', zh: '应为整数' },
  boolean: { en: 'must be true or false', zh: '应为 true 或 false' },
  array: { en: 'must be a list', zh: '应为列表' },
  tuple: { en: 'must be a list', zh: '应为列表' },
  object: { en: 'must hold keys and values', zh: '应由键与值组成' },
  record: { en: 'must hold keys and values', zh: '应由键与值组成' },
}

/** What a value that was refused should have been, to be said after its name: must be a number. */
export function describeIssue(issue: z.core.$ZodIssue, value: unknown): Text {
  const verbatim = { en: `is wrong: ${issue.message}`, zh: `有误：${issue.message}` }
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined ? { en: 'is required', zh: '为必填项' } : (types[issue.expected] ?? verbatim)
    case 'invalid_value':
      return issue.values.length === 1
        ? { en: `must be ${String(issue.values[0])}`, zh: `应为 ${String(issue.values[0])}` }
        : { en: `must be one of ${issue.values.join(', ')}`, zh: `应为其中之一：${issue.values.join('、')}` }
    case 'too_small':
      return describeBound(issue.origin, 'least', Number(issue.minimum), issue.inclusive ?? true)
    case 'too_big':
      return describeBound(issue.origin, 'most', Number(issue.maximum), issue.inclusive ?? true)
    case 'invalid_format':
      if (issue.format === 'date') return { en: 'must be a date as in 2026-01-31', zh: '应为日期，如 2026-01-31' }
      return hints.get(issue.pattern ?? '') ?? verbatim
    default:
      return verbatim
  }
}

function describeBound(origin: string, side: 'least' | 'most', bound: number, isInclusive: boolean): Text {
  const isLeast = side === 'least'
  if (origin === 'array' || origin === 'string') {
    if (isLeast && bound === 1) return { en: 'must not be empty', zh: '不能为空' }
    const [en, zh] = origin === 'array' ? ['entries', '项'] : ['characters', '个字符']
    return { en: `must have at ${side} ${bound} ${en}`, zh: `${isLeast ? '至少' : '至多'}应有 ${bound} ${zh}` }
  }
  if (isInclusive) return { en: `must be at ${side} ${bound}`, zh: `应${isLeast ? '不小于' : '不大于'} ${bound}` }
  return { en: `must be ${isLeast ? 'more' : 'less'} than ${bound}`, zh: `应${isLeast ? '大于' : '小于'} ${bound}` }
}
