import { Converter } from 'opencc-js/t2cn'

const han = /\p{Script=Han}/u
const ascii = /^[\x00-\x7f]*$/
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

let toSimplified: ((text: string) => string) | undefined

function simplify(text: string): string {
  const convert = toSimplified ?? Converter({ from: 't', to: 'cn' })
  toSimplified = convert
  return convert(text)
}

/** Whether `text` holds a Chinese character. */
export function hasHan(text: string): boolean {
  return han.test(text)
}

/** Width, composition and blanks made uniform; still fit to be shown to a person. */
export function foldWidth(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim()
}

function foldLetters(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  return (han.test(text) ? simplify(text) : text)
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter] ?? letter)
    .replace(/\p{Script=Latin}\p{M}*/gu, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
}

/**
 * The words of `text`: simplified Chinese, lower case, no diacritics, apostrophes or punctuation, `&` as `and`,
 * acronyms closed up; a run of Chinese characters is one word and ends where other letters begin.
 */
export function foldTokens(text: string): string[] {
  const folded = foldLetters(text)
    .replace(/['’‘`´]/g, '')
    .replace(/\s*&\s*|\s+\+\s+/g, ' and ')
    .replace(/(?<!\p{L})(?:\p{L}\.){2,}/gu, (acronym) => acronym.replaceAll('.', ''))
  return folded.match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu) ?? []
}
