import type { Text } from '../../text.ts'

/** Why a record is not well formed, as it is told to a person. */
export const malformations = {
  undecodable: {
    en: 'It holds bytes that are not text in the encoding of the file.',
    zh: '含有无法按文件编码解码的字节。',
  },
  nul: { en: 'It holds a NUL character.', zh: '含有 NUL 字符。' },
  unclosedQuote: { en: 'A quote is opened and never closed.', zh: '引号未闭合。' },
  textAfterQuote: { en: 'Text follows a closing quote.', zh: '右引号之后还有文本。' },
  badJson: { en: 'It is not well-formed JSON.', zh: '不是有效的 JSON。' },
  notAnObject: { en: 'It is not a JSON object.', zh: '不是 JSON 对象。' },
  unfinished: { en: 'The file ends before this record does.', zh: '文件在该记录结束之前中断。' },
  fieldCount: (found: number, expected: number): Text => ({
    en: `It has ${found} fields where ${expected} are expected.`,
    zh: `有 ${found} 个字段，应为 ${expected} 个。`,
  }),
  tooLong: (length: number): Text => ({
    en: `It is ${length} characters long; only its beginning is kept.`,
    zh: `长度为 ${length} 个字符；仅保留开头部分。`,
  }),
}
