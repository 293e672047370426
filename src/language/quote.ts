const personal: readonly (readonly [RegExp, string])[] = [
  [/https?:\/\/\S+|www\.\S+/giu, '…'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, '…@…'],
  [/@[\p{L}\p{N}_-]+/gu, '@…'],
  [/\d(?:[\s-]?\d){6,}/gu, '…'],
]

/** `text` on one line, without addresses, names behind @ and long numbers, which may be somebody's. */
function maskPersonal(text: string): string {
  return personal
    .reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), text)
    .replace(/<[^<>]{1,200}>|&(?:#\d+|#x[\da-f]+|[a-z]+);/giu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** So much of `text` around `word` as is quoted: at most `most` characters, cut ends marked. */
export function quoteAround(text: string, word: string, most = 120): string {
  const characters = [...maskPersonal(text)]
  if (characters.length <= most) return characters.join('')
  const place = [...(characters.join('').split(word)[0] as string)].length
  const start = Math.max(0, Math.min(place - Math.floor((most - word.length) / 2), characters.length - most))
  const end = start + most
  return `${start > 0 ? '…' : ''}${characters.slice(start, end).join('').trim()}${end < characters.length ? '…' : ''}`
}
