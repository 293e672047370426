import { InputError } from '../errors.ts'
import type { SourceSettings } from './settings.ts'
import { isTimeZone } from './time-zone.ts'

/** What is wrong with a source beyond the form of its settings. @throws InputError naming file and line. */
export function checkSource(
  { name, timeZone, format }: SourceSettings,
  path: string,
  lineOf: (keys: readonly string[]) => number | undefined,
): void {
  const refuse = (code: string, message: string, value: string, keys: readonly string[], advice: string) => {
    const line = lineOf(keys)
    return new InputError(message, { code, value, file: path, ...(line === undefined ? {} : { line }), advice })
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw refuse(
      'time-zone-unknown',
      `The time zone of the source ${name} is not known.`,
      timeZone,
      ['timeZone'],
      'Use an IANA name such as Asia/Shanghai, Europe/Berlin or UTC.',
    )
  }
  if (/[\r\n]/.test(format.delimiter) || format.delimiter === format.quote) {
    throw refuse(
      'delimiter-invalid',
      `The delimiter of the source ${name} is a line end or the quote.`,
      format.delimiter,
      ['format', 'delimiter'],
      'Set format.delimiter to what stands between two fields.',
    )
  }
}
