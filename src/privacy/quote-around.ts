import { maskPersonal } from './mask-personal.ts'

const markup = /<[^<>]{1,200}>|&(?:#\d+|#x[\da-f]+|[a-z]+);/giu

/** So much of `text` around `word` as is quoted, without markup and what is personal: at most `most` characters on one line, cut ends marked. */
export function quoteAround(text: string, word: string, most = 120): string {
  const characters = [...maskPersonal(text).replace(markup, ' ').replace(/\s+/gu, ' ').trim()]
  if (characters.length <= most) return characters.join('')
  const place = [...(characters.join('').split(word)[0] as string)].length
  const start = Math.max(0, Math.min(place - Math.floor((most - word.length) / 2), characters.length - most))
  const end = start + most
  return `${start > 0 ? '…' : ''}${characters.slice(start, end).join('').trim()}${end < characters.length ? '…' : ''}`
}
