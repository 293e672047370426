import { DataError, InputError, ModelError, QueryError } from '../errors.ts'
import type { Text } from '../text.ts'

/** What the process says to the shell when it ends. */
export const exitCodes = {
  success: 0,
  unexpected: 1,
  input: 2,
  data: 3,
  query: 4,
  model: 5,
  interrupted: 130,
} as const

export const exitCodeMeanings: Readonly<Record<keyof typeof exitCodes, Text>> = {
  success: { en: 'done', zh: '成功' },
  unexpected: { en: 'a defect of Marquee', zh: 'Marquee 自身的缺陷' },
  input: { en: 'a command, option or setting is wrong', zh: '命令、选项或设置有误' },
  data: { en: 'the data cannot be read or break a contract', zh: '数据无法读取或违反约定' },
  query: { en: 'a statement failed', zh: '语句执行失败' },
  model: { en: 'a model cannot be fitted or served', zh: '模型无法训练或使用' },
  interrupted: { en: 'stopped by Ctrl-C', zh: '被 Ctrl-C 中断' },
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof QueryError && error.code === 'interrupted') return exitCodes.interrupted
  if (error instanceof Error && error.name === 'AbortError') return exitCodes.interrupted
  if (error instanceof InputError) return exitCodes.input
  if (error instanceof DataError) return exitCodes.data
  if (error instanceof QueryError) return exitCodes.query
  if (error instanceof ModelError) return exitCodes.model
  return exitCodes.unexpected
}
