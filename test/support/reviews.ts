import { Random } from '../../src/kernels/random.ts'

const english = {
  things: ['the plot', 'the acting', 'the music', 'the ending', 'the dialogue', 'the camera work', 'the pace'],
  good: ['is wonderful', 'moved me', 'is a joy', 'works brilliantly', 'is worth every minute'],
  bad: ['is dull', 'bored me', 'is a mess', 'falls apart', 'is not worth a minute'],
  neutral: ['We saw it on Friday', 'It runs two hours', 'My brother came along', 'It was filmed by the sea'],
}
const chinese = {
  things: ['剧情', '演技', '音乐', '结局', '台词', '摄影', '节奏'],
  good: ['非常精彩', '打动人心', '令人惊喜', '恰到好处', '值得一看'],
  bad: ['十分无聊', '让人失望', '一塌糊涂', '莫名其妙', '不值一看'],
  neutral: ['周五晚上看的', '片长两个小时', '和弟弟一起去的', '在海边取景'],
}

/** A review made of sentences, most of which speak as `favourable` says. */
export function inventReview(language: 'en' | 'zh', favourable: boolean, random: Random): string {
  const { things, good, bad, neutral } = language === 'en' ? english : chinese
  const pick = (list: readonly string[]) => list[random.integer(list.length)] as string
  const sentences = Array.from({ length: 2 + random.integer(4) }, () => {
    if (random.uniform() < 0.3) return pick(neutral)
    const says = random.uniform() < 0.85 === favourable ? good : bad
    return language === 'en' ? `${pick(things)} ${pick(says)}` : `${pick(things)}${pick(says)}`
  })
  return language === 'en' ? `${sentences.join('. ')}.` : `${sentences.join('，')}。`
}

/** Reviews of both kinds in both languages, 1 where favourable. */
export function inventReviews(count: number, seed: number): { text: string; label: 0 | 1; language: 'en' | 'zh' }[] {
  const random = new Random(seed)
  return Array.from({ length: count }, (_, i) => {
    const language = random.uniform() < 0.5 ? 'en' : 'zh'
    const label = random.uniform() < 0.5 ? 1 : 0
    return { text: `${inventReview(language, label === 1, random)} ${i}`, label, language }
  })
}
