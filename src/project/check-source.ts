import { InputError } from '../errors.ts'
import type { Text } from '../text.ts'
import type { SourceSettings } from './settings.ts'
import { isTimeZone } from './time-zone.ts'

/** What is wrong with a source beyond the form of its settings. @throws InputError naming file and line. */
export function checkSource(
  { name, timeZone, format }: SourceSettings,
  path: string,
  lineOf: (keys: readonly string[]) => number | undefined,
): void {
  const refuse = (code: string, message: Text, value: string, keys: readonly string[], advice: Text) => {
    const line = lineOf(keys)
    return new InputError(message, { code, value, file: path, ...(line === undefined ? {} : { line }), advice })
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw refuse(
      'time-zone-unknown',
      { en: `The time zone of the source ${name} is not known.`, zh: `来源 ${name} 的时区未知。` },
      timeZone,
      ['timeZone'],
      {
        en: 'Use an IANA name such as Asia/Shanghai, Europe/Berlin or UTC.',
        zh: '请使用 IANA 时区名，如 Asia/Shanghai、Europe/Berlin 或 UTC。',
      },
    )
  }
  if (/[\r\n]/.test(format.delimiter) || format.delimiter === format.quote) {
    throw refuse(
      'delimiter-invalid',
      {
        en: `The delimiter of the source ${name} is a line end or the quote.`,
        zh: `来源 ${name} 的分隔符是换行符或引号。`,
      },
      format.delimiter,
      ['format', 'delimiter'],
      {
        en: 'Set format.delimiter to what stands between two fields.',
        zh: '请将 format.delimiter 设为两个字段之间的字符。',
      },
    )
  }
}
