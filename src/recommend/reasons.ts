import type { Text } from '../text.ts'
import type { Contribution } from './recommender.ts'

/** Reasons that a sentence names. */
const named = 3
/** A reason of a smaller share of what speaks for a title is not worth a word. */
const leastShare = 0.03

const fieldWords: Readonly<Record<string, (term: string) => Text>> = {
  title: (term) => ({ en: `the word “${term}”`, zh: `片名中的“${term}”` }),
  synopsis: (term) => ({ en: `the theme “${term}”`, zh: `主题“${term}”` }),
  genre: (term) => ({ en: `the genre ${term}`, zh: `题材${term}` }),
  director: (term) => ({ en: `the director ${term}`, zh: `导演${term}` }),
  actor: (term) => ({ en: `the actor ${term}`, zh: `演员${term}` }),
  country: (term) => ({ en: `the country ${term}`, zh: `国家或地区${term}` }),
  language: (term) => ({ en: `the language ${term}`, zh: `语言${term}` }),
  tag: (term) => ({ en: `the tag ${term}`, zh: `标签${term}` }),
}

/** One thing that a score is made of, in words. */
export function wordsOf({ of }: Contribution, nameOf: (title: number) => string): Text {
  switch (of.kind) {
    case 'title':
      return { en: `watched “${nameOf(of.title)}”`, zh: `看过《${nameOf(of.title)}》` }
    case 'term':
      return fieldWords[of.field]?.(of.term) ?? { en: of.term, zh: of.term }
    case 'popularity':
      return { en: 'its popularity', zh: '整体热度' }
    case 'context':
      return of.words
    case 'boost':
      return { en: 'a boost that was asked for', zh: '人工加权' }
    case 'constant':
      return { en: 'what it has for everybody', zh: '对所有观众的基础分' }
  }
}

const keyOf = ({ of }: Contribution) => JSON.stringify(of)

/** The same parts with those of one thing, by several algorithms, added; the largest amounts first, whatever their sign. */
export function mergeContributions(parts: readonly Contribution[]): Contribution[] {
  const merged = new Map<string, Contribution>()
  for (const part of parts) {
    const { of, amount } = part
    const key = keyOf(part)
    merged.set(key, { of, amount: amount + (merged.get(key)?.amount ?? 0) })
  }
  return [...merged.values()].sort((left, right) => Math.abs(right.amount) - Math.abs(left.amount))
}

const share = (part: number) => `${Math.round(100 * part)}`

/**
 * Why a title is on a list, in short: what speaks for it most, each with its share of all that speaks for it, titles watched side by side.
 * Undefined where nothing does.
 */
export function reasonOf(parts: readonly Contribution[], nameOf: (title: number) => string): Text | undefined {
  const positive = mergeContributions(parts).filter(({ amount }) => amount > 0)
  const sum = positive.reduce((total, { amount }) => total + amount, 0)
  const strong = positive.filter(({ amount }, i) => i === 0 || amount >= leastShare * sum).slice(0, named)
  if (strong.length === 0) return undefined
  const en = { titles: [] as string[], others: [] as string[] }
  const zh = { titles: [] as string[], others: [] as string[] }
  for (const part of strong) {
    const percent = share(part.amount / sum)
    if (part.of.kind === 'title') {
      en.titles.push(`“${nameOf(part.of.title)}” (${percent} %)`)
      zh.titles.push(`《${nameOf(part.of.title)}》（${percent}%）`)
    } else {
      const words = wordsOf(part, nameOf)
      en.others.push(`${words.en} (${percent} %)`)
      zh.others.push(`${words.zh}（${percent}%）`)
    }
  }
  const watched = {
    en: en.titles.length > 0 ? [`watched ${en.titles.join(', ')}`] : [],
    zh: zh.titles.length > 0 ? [`看过${zh.titles.join('、')}`] : [],
  }
  return { en: [...watched.en, ...en.others].join('; '), zh: [...watched.zh, ...zh.others].join('；') }
}
