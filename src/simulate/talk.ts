import { hash32, type Random } from '../kernels/random.ts'
import type { Work } from './catalogue.ts'
import type { PlantedReview } from './reviews.ts'

const themes = {
  english: [
    'paper glass iron velvet copper salt amber winter',
    'wedding duel chase monologue flashback heist storm trial',
  ],
  chinese: ['纸上 玻璃 钢铁 丝绒 黄铜 盐场 琥珀 冬夜', '婚礼 决斗 追逐 独白 回忆 劫案 风暴 审判'],
} as const
type Tongue = keyof typeof themes

const themeSentences = {
  english: ['Nobody will forget the %', 'The % went on forever'],
  chinese: ['%那场戏太难忘了', '%那段太长'],
} as const
const nameSentences = {
  english: [
    ['% is a joy to watch', 'I could watch % for hours'],
    ['% got on my nerves', 'I could not stand %'],
  ],
  chinese: [
    ['%太有魅力了', '最喜欢%'],
    ['%让人出戏', '实在受不了%'],
  ],
} as const
const [shareWithTheme, shareWithName, shareOfCharacters, shareOfFullNames] = [0.35, 0.5, 0.6, 0.5]
const notNames = new Set('Captain Old Doctor Little Inspector Auntie The Lao'.split(' '))

/** Somebody whom a review names. */
export interface PlantedMention {
  readonly kind: 'character' | 'person'
  readonly name: string
  /** The whole name, or the last word of it. */
  readonly written: string
}

/** A review that may speak of what only its work has, and of somebody in it. */
export interface TalkingReview extends PlantedReview {
  readonly mention: PlantedMention | undefined
}

/** What many reviews of a work speak of: a scene that few other works have. */
export function themeOf({ key }: Work, tongue: Tongue): string {
  const [firsts, lasts] = themes[tongue].map((list) => list.split(' ')) as [string[], string[]]
  const index = hash32([...key].reduce((sum, letter) => 31 * sum + (letter.codePointAt(0) ?? 0), 7) % 2 ** 32, 1) % 64
  return `${firsts[index % 8]}${tongue === 'english' ? ' ' : ''}${lasts[index >> 3]}`
}

function plantMention({ actors }: Work, random: Random): PlantedMention | undefined {
  const actor = actors[random.integer(actors.length)]
  if (!actor) return undefined
  const kind = random.uniform() < shareOfCharacters ? 'character' : 'person'
  const name = kind === 'character' ? actor.character : actor.person
  const words = name.split(' ')
  // A person goes by the given name, a character by what stands behind the title.
  const part = kind === 'character' ? words.at(-1) : words[0]
  const isWhole = random.uniform() < shareOfFullNames || part === undefined || part.length < 3 || notNames.has(part)
  return { kind, name, written: isWhole ? name : part }
}

/** Adds to `reviews` what they say of a scene that their work has and of somebody in it. */
export function plantTalk(reviews: readonly PlantedReview[], random: Random): TalkingReview[] {
  return reviews.map((review) => {
    const [user = '', name = '', stars = '', text = '', ...others] = review.row
    const tongue: Tongue = String(text).endsWith('。') ? 'chinese' : 'english'
    const mood = review.isFavourable ? 0 : 1
    const hasTheme = random.uniform() < shareWithTheme
    const mention = random.uniform() < shareWithName ? plantMention(review.work, random) : undefined
    const forms = nameSentences[tongue][mood]
    const sentences = [
      ...(hasTheme ? [themeSentences[tongue][mood].replace('%', themeOf(review.work, tongue))] : []),
      ...(mention ? [(forms[random.integer(forms.length)] ?? forms[0]).replace('%', mention.written)] : []),
    ]
    const added = sentences.map((sentence) => (tongue === 'english' ? ` ${sentence}.` : `${sentence}。`))
    return { ...review, mention, row: [user, name, stars, `${text}${added.join('')}`, ...others] }
  })
}
