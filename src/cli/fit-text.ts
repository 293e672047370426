import stringWidth from 'string-width'

const words = /\p{Script=Han}[^\s\p{Script=Han}\p{L}\p{N}]*|[^\s\p{Script=Han}]+|\s+/gu
const pieces = /\p{Script=Han}[^\s\p{Script=Han}\p{L}\p{N}]*|[^\s\p{Script=Han}-]+-*|-+|\s+/gu

/** A cell in lines of at most `width` columns: broken at blanks, hyphens and between Chinese characters, in words only where they must be. */
export function wrap(text: string, width: number): string[] {
  return linesOf(
    [...text.matchAll(pieces)].flatMap(([piece]) => (stringWidth(piece) > width ? [...piece] : [piece])),
    width,
  )
}

/** A paragraph in lines of `width` columns; a word that is longer, as a path may be, stays whole. */
export function wrapWords(text: string, width: number): string[] {
  return linesOf(
    [...text.matchAll(words)].map(([word]) => word),
    width,
  )
}

function linesOf(parts: readonly string[], width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const part of parts) {
    if (stringWidth((line + part).trimEnd()) <= width || line === '')
      line += line === '' && lines.length > 0 ? part.trimStart() : part
    else {
      lines.push(line.trimEnd())
      line = part.trimStart()
    }
  }
  return line === '' ? lines : [...lines, line.trimEnd()]
}

/** The width of the longest piece that `wrap` would rather not break. */
export function longestPiece(text: string): number {
  return Math.max(0, ...[...text.matchAll(pieces)].map(([piece]) => stringWidth(piece.trim())))
}

/** The beginning of a text that is too long. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let kept = ''
  for (const character of text) {
    if (stringWidth(kept + character) >= width) break
    kept += character
  }
  return `${kept}…`
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** What `shortenPath` needs to keep the whole name of a file. */
export function widthOfName(path: string): number {
  return Math.min(stringWidth(path), stringWidth(nameOf(path)) + 2)
}

/** A text that is too long without its middle; of a file's name the end tells more than the beginning. */
export function cutMiddle(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  const head = cut(text, Math.floor(width / 3))
  const characters = [...text]
  let tail = ''
  while (stringWidth(head + (characters.at(-1) ?? '') + tail) <= width) tail = (characters.pop() ?? '') + tail
  return `${head}${tail}`
}

/** A path without its first folders where it is too long; a name that is too long by itself loses its middle. */
export function shortenPath(path: string, width: number): string {
  if (stringWidth(path) <= width) return path
  const name = nameOf(path)
  if (widthOfName(path) > width) return cutMiddle(name, width)
  let tail = `/${name}`
  for (const folder of path.split('/').slice(0, -1).reverse()) {
    const longer = `/${folder}${tail}`
    if (stringWidth(longer) + 1 > width) break
    tail = longer
  }
  return `…${tail}`
}
