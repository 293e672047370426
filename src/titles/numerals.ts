const words = [
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen',
  'eighteen nineteen twenty',
].flatMap((line) => line.split(' '))
const wordValues = new Map(words.map((word, value) => [word, value]))
const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')
const ordinalValues = new Map(ordinals.map((word, index) => [word, index + 1]))
const chineseDigits = new Map([...'零一二三四五六七八九'].map((digit, value) => [digit, value]))
chineseDigits.set('〇', 0).set('两', 2).set('兩', 2)
const chineseUnits = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
])
const romanDigits: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 }

/** The value of a lower-case roman numeral from i to xxxix; null for anything else. */
export function readRoman(token: string): number | null {
  if (!/^x{0,3}(?:ix|iv|v?i{0,3})$/.test(token) || token === '') return null
  let value = 0
  for (let index = 0; index < token.length; index++) {
    const digit = romanDigits[token[index] ?? ''] ?? 0
    value += digit < (romanDigits[token[index + 1] ?? ''] ?? 0) ? -digit : digit
  }
  return value
}

/** The value of a lower-case English cardinal from zero to twenty; null for anything else. */
export function readWord(token: string): number | null {
  return wordValues.get(token) ?? null
}

/** The value of digits or of a Chinese numeral below ten thousand (十二, 二十, 一百零三, 二〇二三); null for anything else. */
export function readChinese(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text)
  let total = 0
  let digits = 0
  let pending = false
  for (const character of text) {
    const unit = chineseUnits.get(character)
    const digit = chineseDigits.get(character)
    if (unit !== undefined) {
      total += (pending ? digits || 1 : 1) * unit
      digits = 0
      pending = false
    } else if (digit !== undefined) {
      digits = digits * 10 + digit
      pending = true
    } else return null
  }
  return text === '' ? null : total + digits
}

/** The value of a number written in any of the ways that titles use: 2, II, two, second, 二; null for anything else. */
export function readNumeral(text: string): number | null {
  const token = text.toLowerCase()
  return readChinese(token) ?? readRoman(token) ?? readWord(token) ?? ordinalValues.get(token) ?? null
}
