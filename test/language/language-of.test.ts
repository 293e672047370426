import { expect, test } from 'vitest'
import { languageOf } from '../../src/language/language-of.ts'
import { TokenScanner } from '../../src/language/scan-tokens.ts'

const scanner = new TokenScanner()
const found = (text: string) => languageOf(text, scanner, scanner.scan(text))

test.each([
  ['The story is told with care and the actors are splendid.', 'en'],
  ['This is not bad', 'en'],
  ['not bad', 'und'],
  ['Great fun for the whole family', 'en'],
  ['剧情很好，演员也很棒', 'zh'],
  ['這部電影很好看', 'zh'],
  ['IMAX 3D 版本值得一看', 'zh'],
  ['Le film est magnifique et les acteurs sont vraiment très bons', 'fra'],
  ['Der Film war sehr gut gemacht und die Schauspieler haben mich überzeugt', 'deu'],
  ['この映画はとても面白かったです', 'jpn'],
  ['이 영화는 정말 재미있었습니다', 'kor'],
  ['Фильм очень понравился, актёры играют прекрасно', 'rus'],
  ['wow', 'und'],
  ['😀😀 10/10 !!!', 'und'],
  ['', 'und'],
])('%s is %s', (text, language) => {
  expect(found(text)).toBe(language)
})
