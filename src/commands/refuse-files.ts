import { basename, relative } from 'node:path'
import { InputError, type MarqueeError } from '../errors.ts'
import type { Ambiguity, Sample } from '../ingest/detect/proposal.ts'
import { type Locale, say, type Text } from '../text.ts'

/** What stands in the way of one file, while the others were added. */
export function describeRefused(file: string, error: MarqueeError): Text {
  const advise = (locale: Locale) => (error.advice ? `\n  → ${say(error.advice, locale)}` : '')
  return {
    en: `Not added: ${file}: ${error.text.en}${advise('en')}`,
    zh: `未添加：${file}：${error.text.zh}${advise('zh-CN')}`,
  }
}

/** What is said when no file could be added. */
export function allRefused(refused: readonly { file: string; error: MarqueeError }[], count: number): InputError {
  const descriptions = refused.map(({ file, error }) => describeRefused(file, error))
  return new InputError(
    {
      en: `None of ${count} files could be added; nothing was changed.`,
      zh: `${count} 个文件均无法添加，未作任何更改。`,
    },
    {
      code: refused[0]?.error.code ?? 'ambiguous',
      advice: {
        en: descriptions.map(({ en }) => en).join('\n  → '),
        zh: descriptions.map(({ zh }) => zh).join('\n  → '),
      },
    },
  )
}

/** What a file leaves open, and what to type for each. */
export function openQuestions(sample: Sample, ambiguities: readonly Ambiguity[]): InputError {
  const [first] = ambiguities
  const lines = ambiguities.map(({ question: asked, choices, setting }) => {
    const listed = choices.map(({ value }) => value)
    const values = listed.every((value) => setting.en.includes(value)) ? [] : listed
    return {
      en: `${asked.en}${values.length > 0 ? ` (${values.join(', ')})` : ''} ${setting.en}`,
      zh: `${asked.zh}${values.length > 0 ? `（${values.join('、')}）` : ''} ${setting.zh}`,
    }
  })
  const file = basename(sample.path)
  const path = relative('', sample.path)
  const typed = /\s/.test(path) ? `'${path}'` : path
  return new InputError(
    { en: `${file} leaves something open; it was not added.`, zh: `${file} 有不明确之处，未添加。` },
    {
      code: 'ambiguous',
      file: sample.path,
      value: first?.about,
      advice: {
        en: [`Run marquee add ${typed} again, with what you gave it and:`, ...lines.map(({ en }) => en)].join('\n  → '),
        zh: [`请重新运行 marquee add ${typed}，保留已有选项并加上：`, ...lines.map(({ zh }) => zh)].join('\n  → '),
      },
    },
  )
}
