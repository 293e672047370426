import type { Unit, Work } from './catalogue.ts'

export const formCount = 3

const digits = '零一二三四五六七八九'
const two = (n: number): string => String(n).padStart(2, '0')

/** 1 to 99 in Chinese numerals. */
export function chineseNumeral(n: number): string {
  if (n < 10) return digits.charAt(n)
  const tens = Math.floor(n / 10)
  return `${tens > 1 ? digits.charAt(tens) : ''}十${n % 10 > 0 ? digits.charAt(n % 10) : ''}`
}

const fullWidth = (n: number): string =>
  String(n).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))

/** How a source writes a name: `formCount` ways, the usual one first. */
export type NameForms = (work: Work, unit: Unit) => readonly string[]

export const auroraForms: NameForms = (work, { season, episode }) => {
  if (work.type === 'series') {
    return [
      `${work.en} S${two(season)}E${two(episode)}`,
      `${work.en} - Season ${season} Episode ${episode}`,
      `${work.en.toUpperCase()} S${season}E${episode}`,
    ]
  }
  const dated = `${work.en} (${work.year})`
  return work.isAmbiguous
    ? [dated, `${work.en} [${work.year}]`, dated.toUpperCase()]
    : [work.en, dated, work.en.toUpperCase()]
}

export const cobaltForms: NameForms = (work, { season, episode }) => {
  if (work.type === 'series') {
    return [
      `${work.en}: Season ${season}: Episode ${episode}`,
      `${work.en} S${two(season)}E${two(episode)}`,
      `${work.en}: Season ${season}: Episode ${two(episode)}`,
    ]
  }
  const dated = `${work.en} (${work.year})`
  return work.isAmbiguous
    ? [dated, `${work.en}  (${work.year})`, dated.toLowerCase()]
    : [work.en, dated, work.en.toLowerCase()]
}

export const qingfengForms: NameForms = (work, { season, episode }) => {
  if (work.type === 'series') {
    return [
      `${work.zh} 第${chineseNumeral(season)}季第${episode}集`,
      `${work.zh}第${chineseNumeral(season)}季 第${chineseNumeral(episode)}集`,
      `${work.traditional} 第${season}季第${fullWidth(episode)}集`,
    ]
  }
  const name = work.zh || work.en
  const traditional = work.traditional || work.en
  return work.isAmbiguous
    ? [`${name}(${work.year})`, `《${name}》（${work.year}）`, `${traditional}（${work.year}）`]
    : [name, `《${name}》`, work.zh ? traditional : `${name}（${work.year}）`]
}

export const changjiangForms: NameForms = (work, { season, episode }) => {
  const name = work.seasons > 1 ? `${work.zh}第${chineseNumeral(season)}季` : work.zh
  return [`${name} 第${episode}集`, `${name}第${two(episode)}集`, `《${name}》第${chineseNumeral(episode)}集`]
}

/** Names that no catalogue lists. */
export const unknownNames = {
  english: Array.from({ length: 40 }, (_, index) => `Qvx Test Card ${(index * 7919 + 1009) % 9973}`),
  chinese: Array.from({ length: 40 }, (_, index) => `测试信号卡${(index * 7919 + 1009) % 9973}`),
} as const
