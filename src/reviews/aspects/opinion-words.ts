/** General opinion words by how much they say, from -1 to 1; those that begin with `=` are matched as written, without inflection. */
const written: readonly (readonly [number, string])[] = [
  [
    1,
    `masterpiece, masterful, brilliant, superb, outstanding, phenomenal, stunning, breathtaking, perfect, flawless, magnificent, sublime, extraordinary, incredible, exceptional, amazing, awesome, fantastic, spectacular,
    unforgettable, best, jaw dropping, mind blowing, mesmerizing, mesmerising, exquisite, goat, chef's kiss, top notch, top tier, second to none, unmatched, knocked it out of the park, blew me away, blown away, love it, loved it,
    adored, adore, loved, =love, =loves, could not be better, couldn't be better, could not ask for more, triumph, tour de force, to die for, gorgeous, impeccable, 🔥, 😍, ❤, 🥰, 💯, 🤩, 🏆
    绝了, 绝绝子, 封神, 神级, 完美, 炸裂, 惊艳, 震撼, 极佳, 一流, 顶级, 天花板, yyds, 无敌, 绝美, 杰出, 无与伦比, 爱了, 爱死, 超爱, 太爱, 太棒, 棒极了, 好极了, 最佳, 无懈可击, 叹为观止, 拍案叫绝, 神了, 杰作, 极好, 巅峰, 封神之作, 堪称经典, 完美无缺, 无可挑剔, 一绝, 绝佳, 满分, 最好看, 最喜欢, 最爱, 太好了, 太好看, 极致, 顶尖, 一等一`,
  ],
  [
    0.75,
    `great, excellent, wonderful, terrific, beautiful, beautifully, delightful, remarkable, impressive, hilarious, captivating, compelling, gripping, riveting, powerful, moving, touching, heartfelt, =enjoyed, enjoyable, enjoy, thrilling,
    charming, stellar, engaging, engrossing, memorable, clever, haunting, gem, fabulous, marvelous, marvellous, superior, favorite, favourite, loving, delicious, thoughtful, delight, entertaining, dazzling, poignant, nailed, nails, slaps, banger,
    recommend, immersive, heartwarming, breathtakingly, winner, =peak, rocks, kudos, hats off, bravo, props to, praise, hooked, addictive, addicted, hits hard, worth every, pitch perfect, spot on, on point, first rate, world class, a joy, a treat, lush, shines, shine, standout, stands out, stood out, steals the show, stole the show, charismatic, magnetic, 😂, 🤣, 👍, 👏, 😭, 🙌, ♥, 💕, 🥹, 😊
    精彩, 优秀, 出色, 精湛, 精致, 感人, 动人, 感动, 泪目, 喜欢, 好看, 很棒, 真棒, 棒, 赞, 点赞, 给力, 牛, 牛逼, 牛批, 厉害, 爱, 爱看, 推荐, 细腻, 引人入胜, 扣人心弦, 上头, 过瘾, 酣畅淋漓, 好评, 惊喜, 享受, 深刻, 经典, 舒服, 走心, 良心, 用心, 诚意, 有诚意, 高级, 热血, 燃, 戳中, 戳心, 治愈, 温暖, 暖心, 可爱, 搞笑, 好笑, 爆笑, 幽默, 有趣, 有意思, 吸引人, 抓人, 沉浸, 加分, 一大亮点, 亮点, 出彩, 在线, 到位, 过硬, 惊人, 佩服, 致敬, 共鸣, 深入人心, 生动, 鲜活, 养眼, 唯美, 美轮美奂, 精良, 精美, 强大, 圈粉, 名不虚传, 不愧, 不负众望, 666, 优质, 上乘, 可圈可点, 回味, 回味无穷, 耐看, 好听, 扎实, 精妙, 绝, 高分, 期待, 神, 拿捏, 太戳, 带感, 好磕, 好嗑, 嗑到了, 真香, 赏心悦目, 入迷, 着迷, 沦陷, 稳, 一绝, 丝滑, 流畅, 贴切, 功不可没, 大爱, 喜爱, 满意, 热泪盈眶, 鸡皮疙瘩, 哇塞, 惊叹, 漂亮, 美, 帅, 独到, 👍🏻, 满足, 成功, 好哭, 哭惨, 哭死, 印象深刻, 让人难忘, 难忘, 欣赏, 意犹未尽, 不错过`,
  ],
  [
    0.5,
    `good, nice, well, solid, fun, funny, interesting, likable, likeable, =like, =liked, =likes, strong, smart, fresh, effective, =right, pleasant, pleasing, pleased, sweet, satisfying, satisfied, decent, lovely, cool, worthy, worthwhile, worth, sharp, witty, rich, stylish, tense, suspenseful, happy, glad, better,
    appreciate, appreciated, smooth, exciting, excited, surprised me, authentic, believable, realistic, convincing, polished, underrated, helps, works, =worked, elevates, elevated, redeeming, saves, saved, highlight, highlights, refreshing, subtle, grounded, relatable, crisp, catchy, cozy, tight, win, wins, fine work, natural, credible, original, intriguing, intense, creepy, scary, terrifying, chilling, emotional, cried, friendly, attentive, fast, generous, tasty, clean, fair, reasonable, comfortable, helpful, honest, accurate, faithful, generous
    好, 不错, 挺好, 还不错, 可以, 真实, 合理, 自然, 流畅, 值得, 贴合, 新颖, 独特, 有深度, 深度, 紧凑, 清新, 轻松, 好玩, 顺畅, 合适, 恰到好处, 到位, 讲究, 考究, 成熟, 稳定, 吸引, 用心, 好, 好的, 不赖, 不俗, 靠谱, 舒适, 对味, 开心, 高兴, 快乐, 惊险, 刺激, 够味, 够劲, 悬疑感, 接地气, 有味道, 有料, 干净, 新鲜, 热情, 周到, 好吃, 美味, 实惠, 方便, 划算, 干净整洁, 亲切, 大气, 有品质, 有质感, 有张力, 张力, 高能, 高, 给力, 正, 不虚此行, 下饭, 好看的, 认真, 严谨, 完整, 丰富, 圆满, 成长, 有内涵, 讨喜, 有灵气, 灵动, 有看头, 看头, 看点, 有新意, 优点, 胜在, 更胜一筹, 耐人寻味, 进步, 超预期, 超出预期`,
  ],
  [
    0.25,
    `okay, =ok, fine, watchable, passable, acceptable, serviceable, competent, adequate, alright, all right, not bad, bearable, 还行, 还可以, 过得去, 中规中矩, 尚可, 凑合, 及格, 凑活, 还好, 合格, 过关, 说得过去, 🙂`,
  ],
  [
    -0.25,
    `average, mediocre, so so, meh, unremarkable, nothing special, forgettable, mixed bag, =mid, underwhelming, underwhelmed, uninspired, flat, 一般, 一般般, 普通, 平庸, 平淡, 马马虎虎, 差强人意, 普普通通, 没什么亮点, 不过如此, 也就那样, 就那样, 乏善可陈, 不温不火, 平平, 平平无奇, 🤷, 😐, 😕, 欠佳, 欠火候, 差点意思, 不够, 少了点, 差点, 略显, 有待提高, 可惜, 遗憾`,
  ],
  [
    -0.5,
    `weak, disappointing, disappointed, disappointment, disappoint, disappoints, dull, shallow, silly, cheesy, corny, lazy, bland, messy, confusing, confused, confuse, overrated, unconvincing, unbelievable plot, unrealistic, forced, hollow, pointless, tedious, lacking, lacks, lacked, =lack, lacklustre, lackluster, annoying, annoyed, irritating, irritated, frustrating, frustrated, cliched, sloppy, clumsy, clunky, thin, uneven, jarring,
    distracting, distracted, unnecessary, underdeveloped, shame, pity, sadly, unfortunately, problem, =problems, issue, flaw, flawed, fault, fails, failed, fail, fell flat, falls flat, falls short, fell short, =poor, poorly, wasted, waste, =worse, letdown, let down, tired, stale, muddled, contrived, incoherent, hate to say, cheap, excessive, overdone, overly, overblown, too much, too many, too little, wooden, stiff, off putting, suffers, suffered, struggle, struggles, complaint, complain, complaining, regret, missed opportunity, lost me, lost interest, rushed, bloated, repetitive, derivative, underused, half baked, ruin, ruined, ruins, spoiled, spoils, drag, slow, loud, rude, cold, overpriced, expensive, noisy, dirty, crowded, bored me, wrong, broke, questionable, ridiculous, absurd, implausible, stupid, dumb, mess, hate when, barely, insulting, insult, undermines, undercuts, 😒, 🙄, 😑, 👎, 😴, 😞, 😔
    失望, 尴尬, 尬, 生硬, 牵强, 老套, 俗套, 无聊, 拖沓, 混乱, 空洞, 单薄, 浮夸, 做作, 矫情, 敷衍, 粗糙, 草率, 仓促, 潦草, 突兀, 出戏, 违和, 差劲, 不好, 缺点, 短板, 硬伤, 槽点, 败笔, 毛病, 问题, 鸡肋, 多余, 刻意, 不足, 欠缺, 缺乏, 缺少, 差, 乱, 假, 弱, 累, 烦, 烦人, 讨厌, 平庸, 无趣, 没意思, 没劲, 没什么意思, 乏味, 枯燥, 闷, 沉闷, 困, 犯困, 水, 注水, 扯, 扯淡, 离谱, 莫名其妙, 幼稚, 脑残, 狗血, 油腻, 拉胯, 拉垮, 翻车, 崩了, 崩坏, 塌了, 吐槽, 看不懂, 不知所云, 廉价, 掉价, 僵硬, 不如, 比不上, 不及, 逊色, 逊色不少, 差远了, 差太远, 差得远, 失败, 失控, 浪费, 糟蹋, 白瞎, 可惜了, 辜负, 劝退, 败好感, 减分, 扣分, 拖后腿, 拉低, 无语, 服了, 醉了, 呵呵, 晕, 汗, 迷惑, 下头, 虚假, 悬浮, 肤浅, 贵, 慢, 吵, 脏, 难吃, 态度差, 不值, 坑, 差评, 遗憾, 冗长, 啰嗦, 单调, 毁了, 毁, 凌乱, 过分, 过于, 太多, 不行, 不太行, 不咋地, 不怎么样, 不怎么, 不敢恭维, 不讨喜, 受不了, 难受, 用力过猛, 割裂, 缺憾, 失色, 失真, 低级, 低俗, 低幼, 狗尾续貂, 尴尬癌, 没看头, 气人, 憋屈, 😅, 😓, 🙃`,
  ],
  [
    -0.75,
    `bad, badly, awful, boring, bored, =bore, terrible, horrible, dreadful, lousy, hate, hated, hates, dislike, disliked, laughable, cringe, cringey, cringeworthy, garbage, trash, trashy, crap, crappy, painful, painfully, ugly, inept, lame, joke of, unwatchable, unbearable, embarrassing, embarrassment, atrocious, insufferable, nonsense, nonsensical, failure, sucks, sucked, =suck, lifeless, soulless, amateurish, mind numbing, brain dead, offensive, disgusting, sickening, poorest, incompetent, miserable, unfunny, disaster, ruined, butchered, 😡, 🤮, 😤, 🤢, 💩, 🤦
    烂, 很烂, 太烂, 糟糕, 糟, 难看, 恶心, 垃圾, 辣眼睛, 辣眼, 弱智, 智障, 侮辱智商, 侮辱, 难听, 一塌糊涂, 一言难尽, 惨不忍睹, 不忍直视, 灾难, 极差, 太差, 很差, 差到, 烂到, 稀烂, 稀碎, 毁三观, 吐了, 讨厌死, 忍无可忍, 看不下去, 不堪入目, 恶俗, 漏洞百出, 乱七八糟, 令人发指, 难以忍受, 侮辱观众, 恶劣, 噩梦, 无法忍受, 劣质, 粗制滥造, 尴尬到抠脚, 抠脚, 脚趾抠地, 尬到抠脚`,
  ],
  [
    -1,
    `worst, abysmal, horrendous, appalling, pathetic, abomination, atrocity, travesty, unforgivable, utter garbage, total garbage, dumpster fire, 最烂, 最差, 烂透, 烂透了, 史上最烂, 垃圾中的垃圾, 负分, 零分, 狗屎, 屎, 史诗级灾难`,
  ],
]

/** What looks like an opinion or a negation and is none. */
const silent = `like a, like the, like this, looks like, look like, looked like, feels like, feel like, felt like, seems like, just like, something like, things like, people like, sounds like, =likely, as well, as well as, =wells, well known, oh well, kind of, sort of, a good deal, good guys, bad guys, bad guy, good guy, for good,
  as good as, best friend, best friends, best man, of course, fine print, right now, right away, right before, right after, all right then, right there, no doubt, no wonder, not only, not just, not to mention, not until, cannot help, can't help, couldn't help, no matter, no longer, no less, nothing short of, no one, =please, =interest, =interests, worth noting, great deal, rich man, rich people, love story, love stories, love interest, love triangle, love scene, love scenes, in love, fell in love, falls in love, falling in love, =cool down, good morning, good night, well then, =may, =moved to, moves to, moving on, moving to, moving out, =slow motion, slow burn, cold war, cold blood, cold case, hard drive, power, fast forward, fair share, loud and clear, poor family, poor man, poor people, poor kid, poor girl, poor guy, wrong place, sound of, the right to, turn right, far right, human rights, fun fact, hate crime, fast and furious, problem solving, happy ending, bad bunny, breaking bad, the good place, the good wife, mean girls, killing eve, out of the way, the whole, i mean, cast away, as long as, so long as, long ago, long time ago, long time, ends up, ended up, end up, no idea, better or worse, even better, love life, joint
  好像, 好多, 好几, 好久, 好不容易, 好歹, 好奇, 只好, 最好, 刚好, 正好, 幸好, 还好意思, 不好意思, 好友, 好人, 好吧, 你好, 大家好, 友好, 爱好, 好坏, 好莱坞, 恰好, 好在, 好让, 好使, 不得不说, 不得不, 不由得, 不由自主, 不禁, 不仅, 不但, 不光, 不只, 不止, 不管, 不论, 不同, 不知道, 不知, 不少, 不断, 不久, 不停, 没想到, 忍不住, 禁不住, 不然, 要不是, 要不, 不要太, 无论, 毫无疑问, 毋庸置疑, 差不多, 差别, 时差, 出差, 差异, 可爱的人, 爱情, 恋爱, 谈恋爱, 相爱, 爱人, 爱上, 爱国, 真爱, 可以说, 可以看出, 可以看到, 可以理解, 说真的, 神秘, 神话, 神仙, 眼神, 精神, 神经, 神奇动物, 女神, 男神, 牛奶, 牛排, 赞助, 赞成, 高中, 高考, 高速, 高三, 高手, 高兴得太早, 提高, 身高, 跳高, 最高, 高度, 高潮, 美国, 美女, 美术, 美食, 美元, 北美, 欧美, 稳定币, 正在, 正片, 正剧, 正式, 正常, 真正, 反正, 正是, 正义, 正面, 水平, 水准, 口水, 泪水, 下水, 水里, 水下, 慢慢, 乱世, 假期, 假装, 假如, 请假, 弱势, 水墨, 贵族, 贵妃, 富贵, 宝贵, 香港, 坑爹的人, 神父, 烂漫, 灿烂, 腐烂, 破烂, 帅哥, 元帅, 累积, 积累, 麻烦, 晕倒, 汗水, 牛仔, 牛郎, 绝对, 拒绝, 绝望, 杜绝, 绝大多数, 爱心, 可爱多, 问题少年, 社会问题, 现实问题, 有没有, 是不是, 好不好看的, 会不会, 能不能, 对不对, 喜欢的人, 喜欢上, 问题在于, 问题是, 无间道, 烦恼, 水浒, 强大的敌人, 对不起, 来不及, 了不起的盖茨比, 燃烧, 点燃, 好人好事, 期待值, 期待已久, 成功人士, 神探, 一般来说, 一般人, 一般的, 特别是, 尤其是, 尽管如此`

const list = (text: string) =>
  text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** Opinion words of both languages with what they say, -1 to 1. 0 for phrases in which such a word is none. */
export const opinionWords: ReadonlyMap<string, number> = new Map([
  ...written.flatMap(([weight, text]) => list(text).map((word) => [word, weight] as const)),
  ...list(silent).map((word) => [word, 0] as const),
])
