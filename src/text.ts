/** The languages that everything a person reads comes in. */
export const locales = ['en', 'zh-CN'] as const
/** One of `locales`. */
export type Locale = (typeof locales)[number]

/** One sentence or label in every language. */
export interface Text {
  readonly en: string
  readonly zh: string
}

/** Items of which one is to be chosen: a or b. */
export function eitherOf(items: readonly string[]): Text {
  return { en: items.join(' or '), zh: items.join(' 或 ') }
}

/** `text` in the language of `locale`. */
export function say(text: Text, locale: Locale): string {
  return locale === 'zh-CN' ? text.zh : text.en
}
