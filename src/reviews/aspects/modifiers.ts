/** What a word does to the opinions around it. */
export type Modifier =
  /** Turns what follows around: not, 不. */
  | { readonly does: 'negate' }
  /** Says that something is not there, which is a complaint of an aspect: no plot, 缺乏创意. */
  | { readonly does: 'miss' }
  /** Makes what stands next to it more or less. */
  | { readonly does: 'scale'; readonly by: number }
  /** What follows is set against what came before: but, 但是. */
  | { readonly does: 'contrast' }
  /** What follows is said for another case than the real one: if, 如果. */
  | { readonly does: 'suppose' }
  /** What is good here was wished for: could have been, 希望. */
  | { readonly does: 'wish' }
  /** What comes next is what is compared with: than, 比. */
  | { readonly does: 'compare' }
  /** Joins two names of things: and, 和. */
  | { readonly does: 'join' }
  /** Makes a question of it. */
  | { readonly does: 'ask' }

const written: readonly (readonly [Modifier, string])[] = [
  [
    { does: 'negate' },
    `not, never, not a single, not one, there's not, can hardly, couldn't possibly, nobody, no one is, could not have been less, less than, instead of, isn't, wasn't, aren't, weren't, don't, doesn't, didn't, won't, wouldn't, couldn't, can't, cannot, hardly, scarcely, nor, neither, ain't, haven't, hasn't, hadn't, shouldn't, far from, anything but, nothing, nowhere near, rarely, seldom, fails to, failed to, fail to, isnt, wasnt, dont, doesnt, didnt, wont, cant, stop being, nobody, none of, not at all, without being, without ever, without, no
    不, 没, 没有, 没一样, 没一个, 没一处, 没有一个, 没有一样, 没有一处, 没有半点, 没看出, 没看出哪里, 没有任何, 并不, 不是, 并非, 不算, 毫不, 绝不, 从不, 不够, 未, 未能, 不会, 不太, 不怎么, 称不上, 算不上, 谈不上, 不觉得, 不认为, 别, 没觉得, 毫无, 并没有, 并不是, 没那么, 不能, 很难, 难以, 无法, 缺乏, 远没有, 不至于, 一点也不, 一点都不, 丝毫不, 无, 说不上, 不算是`,
  ],
  [
    { does: 'miss' },
    `no, lacks, lacked, lack of, lacking, lack, without, missing, devoid of, zero, absence of, no real, where is the, where was the, what happened to the, forgot the, needs more, needed more, need more, not enough, little to no, barely any, hardly any, 没有, 没, 缺乏, 缺少, 毫无, 欠缺, 没什么, 全无, 零, 少了, 不存在, 看不到, 看不出, 谈不上, 无, 不见`,
  ],
  [
    { does: 'scale', by: 1.3 },
    `never been so, never have i been so, never felt so, never been more, never have i seen such, couldn't be more, could not be more, very, really, so, extremely, incredibly, truly, absolutely, totally, completely, utterly, insanely, super, remarkably, exceptionally, terribly, awfully, damn, freaking, fucking, such, way, deeply, especially, most, much, far, by far, hugely, seriously, genuinely, 很, 非常, 太, 超, 超级, 特别, 极其, 极, 十分, 真, 真的, 真是, 实在, 相当, 最, 巨, 贼, 老, 尤其, 格外, 无比, 完全, 简直, 更, 多么, 如此, 好, 绝对, 极度, 满满的, 过于, 特`,
  ],
  [
    { does: 'scale', by: 0.6 },
    `a bit, a little, somewhat, slightly, kind of, kinda, sort of, sorta, fairly, rather, pretty, quite, mildly, moderately, a tad, at times, sometimes, occasionally, partly, mostly, relatively, 有点, 有点儿, 有些, 稍微, 略, 略微, 稍, 还, 比较, 还算, 些许, 一点, 偶尔, 有时, 有时候, 较, 挺, 蛮, 基本, 大致, 尚, 略显, 稍显`,
  ],
  [
    { does: 'contrast' },
    `but, however, although, though, yet, while, whereas, even though, even if, despite, in spite of, except, except for, unfortunately, on the other hand, nevertheless, nonetheless, still, that said, otherwise, aside from, apart from, other than, instead, 但, 但是, 不过, 可是, 然而, 虽然, 虽, 尽管, 却, 可惜, 只是, 虽说, 反而, 就是, 除了, 唯独, 倒是, 反倒, 而, 唯一, 即使, 奈何, 然鹅, 无奈, 其余, 只不过, 至于`,
  ],
  [
    { does: 'suppose' },
    'if, unless, whether, suppose, assuming, in case, 如果, 假如, 要是, 若, 若是, 倘若, 假设, 除非, 只要, 要不是',
  ],
  [
    { does: 'wish' },
    `could have been, could've been, should have been, should've been, would have been, would've been, might have been, could have, could've, should have, should've, would have, would be better, could be better, could be, could use, wish, wished, wishing, if only, was hoping, were hoping, hoped for, would like, wanted to like, wanted to love, wanted to enjoy, want to like, want to love, tried to like, tried hard to, would prefer, would've, supposed to be, supposed to, needs to be, need to be, tries to be, tried to be, trying to be, wants to be, wanted to be, claim to be, meant to be, promised
    很想喜欢, 想喜欢, 期盼, 换成, 希望, 但愿, 就好了, 本可以, 本来可以, 本应, 原本可以, 应该更, 可以更, 能更, 期望, 更好就, 会更好, 要是能, 如果能, 本以为, 以为, 想要, 号称, 自称, 冲着, 本该, 还能再, 可以再, 能再, 建议, 说好的, 所谓, 试图`,
  ],
  [
    { does: 'compare' },
    'than, compared to, compared with, in comparison to, as opposed to, unlike, next to, as good as, as well as the, rather than, more than, 比, 比起, 相比, 相较于, 不如, 比不上, 不及, 跟, 对比, 较之, 胜过, 超过, 好过, 强过, 不亚于, 不输, 堪比, 媲美',
  ],
  [
    { does: 'join' },
    'and, &, +, as well as, plus, or, nor, both, 和, 与, 以及, 跟, 还有, 及, 、, 都, 加上, 并且, 而且, 同',
  ],
  [{ does: 'ask' }, '?, 吗, 难道, 何必, 何以, 嘛'],
]

/** Words of both languages that change what is said near them. */
export const modifiers: ReadonlyMap<string, readonly Modifier[]> = written.reduce((all, [modifier, text]) => {
  for (const word of text.split(/[,\n]/).map((one) => one.trim())) {
    if (word !== '') all.set(word, [...(all.get(word) ?? []), modifier])
  }
  return all
}, new Map<string, Modifier[]>())
