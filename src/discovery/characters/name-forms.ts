import { foldTokens, hasHan } from '../../language/fold.ts'
import { stopWords } from '../../language/stop-words.ts'

/** How somebody is called: by a whole name, a part of one, or a name that the data teach. */
export const aliasKinds = ['full', 'part', 'learned'] as const
export type AliasKind = (typeof aliasKinds)[number]

export interface Alias {
  readonly text: string
  readonly kind: AliasKind
}

const compoundSurnames = new Set(
  '欧阳 司马 上官 诸葛 慕容 司徒 皇甫 夏侯 尉迟 公孙 令狐 端木 东方 南宫 独孤 宇文 长孙 百里 西门 轩辕'.split(' '),
)
/** Words before, within or behind a name that are nobody's own. */
const titles = new Set(
  `the of and von van der den del dos das la le el al bin ibn mr mrs ms miss mister sir ser dame lord lady king queen prince princess duke captain cap colonel general major
  sergeant lieutenant commander inspector detective agent officer doctor dr professor prof father mother sister brother uncle auntie aunt old young little big great saint st jr sr
  first second third judge president master maester boss chief grand man woman boy girl`.split(/\s+/),
)
/** What stands behind a surname, behind the last character of a given name, and behind either. */
const [behindSurname, behindGiven, behindBoth] = [
  '老师 导 总 叔 姨 妈 少 老板',
  '宝 宝宝 儿 妹 妹妹 弟 弟弟',
  '哥 姐 哥哥 姐姐 爷',
].map((list) => list.split(' '))
/** Forms that mean anybody. */
const anybody = new Set(
  '大哥 大姐 大爷 大叔 大妈 大姨 大宝 小哥 小姐 小弟 小妹 小心 小孩 小时 老师 老板 老总 老大 老爷 老婆 老公 老妈 老爸 明明 天天 常常 往往 刚刚 天儿 明儿 今儿'.split(
    ' ',
  ),
)
const prefixes = ['小', '老', '阿']
const endings = ['y', 'ie', 'ey', 'i', 'o', 's']
const least = 3

const chars = (text: string) => [...text]

/** Surname and given name of a Chinese name of two to four characters; undefined for others. */
function splitChinese(name: string): { surname: string; given: string } | undefined {
  if (!/^\p{Script=Han}{2,4}$/u.test(name)) return undefined
  const length = compoundSurnames.has(name.slice(0, 2)) && name.length > 2 ? 2 : 1
  if (name.length - length > 2) return undefined
  return { surname: name.slice(0, length), given: name.slice(length) }
}

/** Whether a word of a name is somebody's own: no title, no possessive and no particle. */
function isOwn(word: string): boolean {
  const folded = foldTokens(word).join(' ')
  return folded.length >= least && !titles.has(folded) && !stopWords.has(folded) && !/['’]s?$/u.test(word)
}

/** The names of a figure and their parts: words of a name of several, the given name of a Chinese one. */
export function aliasesOf(names: readonly string[]): Alias[] {
  const parts = names.flatMap((name) => {
    if (!hasHan(name)) {
      const words = name.split(/\s+/u)
      return words.length > 1 && !/#\s*\d/u.test(name) ? words.filter(isOwn) : []
    }
    const foreign = name.split(/[·•‧\s]/u)
    if (foreign.length > 1) return foreign.filter((part) => chars(part).length > 1)
    const given = splitChinese(name)?.given ?? ''
    return chars(given).length > 1 ? [given] : []
  })
  const full = names.map((text): Alias => ({ text, kind: 'full' }))
  return [...full, ...[...new Set(parts)].map((text): Alias => ({ text, kind: 'part' }))]
}

/** How viewers like to form a name: 何老师, 小白, 鬼鬼, 伦哥; Jonny, Ben. */
export function formedNames(names: readonly string[]): Set<string> {
  const formed = names.flatMap((name) => {
    if (!hasHan(name)) {
      const words = foldTokens(name).filter((word) => word.length > least && !titles.has(word))
      return words.flatMap((word) =>
        [3, 4, 5]
          .filter((length) => length < word.length)
          .flatMap((length) => ['', ...endings].map((ending) => `${word.slice(0, length)}${ending}`)),
      )
    }
    const split = splitChinese(name)
    if (!split) return []
    const { surname, given } = split
    const behind = (name: string, ...lists: (readonly string[] | undefined)[]) =>
      lists.flatMap((list = []) => list.map((address) => `${name}${address}`))
    return [
      ...behind(surname, behindSurname, behindBoth),
      ...behind(given.slice(-1), behindGiven, behindBoth),
      ...behind(given, behindSurname, behindGiven, behindBoth),
      ...behind(name, behindSurname, behindGiven, behindBoth),
      ...[surname, given, ...chars(given)].flatMap((part) => prefixes.map((prefix) => `${prefix}${part}`)),
      ...[surname, ...chars(given)].map((letter) => `${letter}${letter}`),
    ]
  })
  return new Set(
    formed.filter((text) => text.length > 1 && !stopWords.has(text) && !anybody.has(text) && !names.includes(text)),
  )
}
