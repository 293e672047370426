import { Converter } from 'opencc-js/t2cn'

/** What a character is to a scanner: nothing, part of a word, a token of its own, or the first half of one. */
const [blank, inWord, alone, half] = [0, 1, 2, 3]

interface Characters {
  readonly kind: Uint8Array
  /** The character that it counts as: lower case, without diacritics, simplified, of plain width. */
  readonly folded: Uint16Array
}

function foldedCharacter(character: string): string {
  const plain = character
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  return plain.length === 1 ? plain : character.toLowerCase()
}

function readCharacters(): Characters {
  const kind = new Uint8Array(65_536)
  const folded = new Uint16Array(65_536)
  const han: string[] = []
  for (let code = 0; code < 65_536; code++) {
    folded[code] = code
    if (code >= 0xdc00 && code < 0xe000) continue
    if (code >= 0xd800 && code < 0xdc00) {
      kind[code] = half
      continue
    }
    const character = String.fromCharCode(code)
    if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character)) {
      kind[code] = alone
      han.push(character)
    } else if (/[\p{L}\p{N}]/u.test(character)) kind[code] = inWord
    else if (/[\p{P}\p{S}]/u.test(character)) kind[code] = alone
    if (kind[code] !== blank) folded[code] = foldedCharacter(character).charCodeAt(0)
  }
  const simplified = Converter({ from: 't', to: 'cn' })(han.join('\n')).split('\n')
  han.forEach((character, i) => {
    const to = simplified[i] as string
    if (to.length === 1) folded[character.charCodeAt(0)] = foldedCharacter(to).charCodeAt(0)
  })
  return { kind, folded }
}

let characters: Characters | undefined

/** The characters that count as another one when words are compared, and in the same places those as which they count. */
export function foldedCharacters(): { readonly from: string; readonly to: string } {
  characters ??= readCharacters()
  const changed = Array.from(characters.folded, (to, from) => ({ from, to })).filter(({ from, to }) => from !== to)
  const text = (codes: readonly number[]) => codes.map((code) => String.fromCharCode(code)).join('')
  return { from: text(changed.map(({ from }) => from)), to: text(changed.map(({ to }) => to)) }
}

/** `text` with each character as the one that it counts as to a scanner: lower case, without diacritics, simplified, of plain width; as long as before. */
export function foldCharacters(text: string): string {
  characters ??= readCharacters()
  let folded = ''
  for (let at = 0; at < text.length; at++)
    folded += String.fromCharCode(characters.folded[text.charCodeAt(at)] as number)
  return folded
}

const [apostrophe, rightQuote, lessThan, slash, ampersand] = [39, 0x2019, 60, 47, 38]
const isLetter = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
const longestTag = 200
const longestEntity = 10
/** A letter or mark repeated more often counts as this often. */
const mostRepeats = 2

/** The place after the tag or entity that begins at `at`, or `at` where none does. */
function afterMarkup(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code === lessThan) {
    const next = text.charCodeAt(at + 1)
    if (next !== slash && !isLetter(next)) return at
    const end = text.indexOf('>', at)
    return end < 0 || end - at > longestTag ? at : end + 1
  }
  const end = text.indexOf(';', at)
  return end > at + 1 && end - at <= longestEntity && /^&(#\d+|#x[\da-f]+|[a-z]+)$/i.test(text.slice(at, end))
    ? end + 1
    : at
}

/**
 * Finds the tokens of texts without taking the texts apart: a word, or one character of Chinese, one mark or one symbol. HTML tags and entities, blanks and
 * invalid code points separate tokens. Forms that differ in case, width, diacritics, traditional or simplified character or in letters repeated more than
 * twice have one hash.
 */
export class TokenScanner {
  /** 32 bits for each token of the last text. */
  hash = new Int32Array(1024)
  /** Where each token begins in the text, and ends. */
  from = new Uint32Array(1024)
  to = new Uint32Array(1024)
  readonly #characters: Characters

  constructor() {
    characters ??= readCharacters()
    this.#characters = characters
  }

  /** How many tokens `text` has; `hash`, `from` and `to` hold them until the next call. O(characters). */
  scan(text: string): number {
    const { kind, folded } = this.#characters
    const length = text.length
    let count = 0
    let at = 0
    let before = 0
    let repeats = 0
    while (at < length) {
      const code = text.charCodeAt(at)
      const what = kind[code] as number
      if (what === blank) {
        at += 1
        continue
      }
      const from = at
      let hash = 0x811c9dc5
      if (what === inWord) {
        let last = 0
        let run = 0
        for (; at < length; at++) {
          const next = text.charCodeAt(at)
          if (kind[next] !== inWord) {
            if ((next === apostrophe || next === rightQuote) && kind[text.charCodeAt(at + 1)] === inWord) continue
            break
          }
          const letter = folded[next] as number
          run = letter === last ? run + 1 : 1
          last = letter
          if (run <= mostRepeats || letter <= 57) hash = Math.imul(hash ^ letter, 0x01000193)
        }
        before = 0
      } else {
        if (code === lessThan || code === ampersand) {
          const after = afterMarkup(text, at)
          if (after > at) {
            at = after
            continue
          }
        }
        let letter = folded[code] as number
        at += 1
        if (what === half) {
          const second = text.charCodeAt(at)
          if ((second & 0xfc00) !== 0xdc00) continue
          letter = (letter << 10) ^ second
          at += 1
        }
        hash = Math.imul(hash ^ letter, 0x01000193)
        repeats = hash === before ? repeats + 1 : 1
        before = hash
        if (repeats > mostRepeats) continue
      }
      if (count === this.hash.length) this.#grow()
      this.hash[count] = hash
      this.from[count] = from
      this.to[count] = at
      count += 1
    }
    return count
  }

  #grow(): void {
    const wider = <A extends Int32Array | Uint32Array>(array: A, into: A) => {
      into.set(array)
      return into
    }
    const length = 2 * this.hash.length
    this.hash = wider(this.hash, new Int32Array(length))
    this.from = wider(this.from, new Uint32Array(length))
    this.to = wider(this.to, new Uint32Array(length))
  }
}
