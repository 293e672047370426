/** Characters that East Asian files write in numbers, and what the reader takes them for, place by place. */
export const numberCharacters = {
  from: '０１２３４５６７８９．，％－＋萬億만억',
  to: '0123456789.,%-+万亿万亿',
} as const

/** What may stand beside a number and says nothing of its size, as a regular expression. */
export const numberSigns = '[$¥￥€£₹₩%元円圆圓원]|(人次|人|次|票|张|張|家|部|件|명|회|개)$'

/** `text` with its numbers in the characters that the reader knows. */
export function foldNumber(text: string): string {
  const { from, to } = numberCharacters
  return text.replace(/[^\x20-\x7e]/g, (found) => to[from.indexOf(found)] ?? found)
}
