import type { Aspect, Taxonomy } from './taxonomy.ts'

const words = (text: string) =>
  text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')

interface Written {
  readonly en: string
  readonly zh: string
  readonly terms: string
  readonly good?: string
  readonly bad?: string
  readonly praise?: string
  readonly complaints?: string
}

const written: Readonly<Record<string, Written>> = {
  overall: {
    en: 'The title as a whole',
    zh: '整体',
    terms: `film, movie, flick, picture, show, series, season, episode, miniseries, documentary, drama, sitcom, anime, watch, =it, this one, experience
      电影, 影片, 片子, 本片, 这片, 全片, 大片, 烂片, 剧, 这剧, 这部剧, 电视剧, 剧集, 网剧, 综艺, 节目, 动画片, 纪录片, 整体, 总体, 作品, 佳作`,
    praise: `do yourself a favor, do yourself a favour, run don't walk, don't walk, if you only see one, see it twice, watch this, go see it, again and again, can't wait, count me in, need more of this, not be disappointed, won't regret, won't be disappointed, 求第二季, 蹲第二季, 蹲一个, 快出第二季, 给我冲, 不看后悔, 别犹豫, 快去看, 没看够, 不吹不黑, 同类最佳, 一口气刷完, 还想再看, 又看了一遍, 再刷一遍, 吹爆, 给个公道, 公道, 好看, must watch, must see, worth watching, worth a watch, worth your time, worth the ticket, worth seeing, recommend, highly recommended, recommend this enough, recommend it enough, recommend enough, rewatch, binge, binged, binge worthy,
      masterpiece, classic, instant classic, gem, hidden gem, five stars, 10/10, 9/10, ten out of ten, 5/5, edge of my seat, edge of your seat, could watch again, can't wait for
      推荐, 值得一看, 值得看, 值得, 值回票价, 强推, 安利, 必看, 神作, 佳片, 好片, 好剧, 神剧, 良心剧, 良心之作, 二刷, 三刷, n刷, 追剧停不下来, 停不下来, 欲罢不能, 一口气看完, 一口气刷完, 五星, 满分, 五颗星, 经典, 百看不厌, 期待第二季, 诚意之作, 诚意满满`,
    complaints: `save your money, don't believe the hype, understand the hype, get the hype, wait for it to be free, should have stopped after, should have stopped, please don't make another, hard pass, pass on this, what a mess, never again, don't waste, do not waste, money back, 就这, 看了个寂寞, 求求别拍, 别拍第二季, 别看, 我劝你别看, 劝你别看, 别去看, 散了吧, 没法看, 看个开头就够了, 白花钱, 浪费我, 浪费生命, 白费, 败絮其中, waste of time, waste of money, waste your time, wasted two hours, want my money back, fell asleep, walked out, turned it off, gave up on, gave up after, dropped it, skip it, skip this one, snoozefest,
      not worth, don't bother, stay away, avoid, one star, 1/10, 2/10, 3/10, overrated, overhyped, cash grab, dumpster fire, train wreck, letdown, let down, couldn't finish, stopped watching
      烂片, 烂剧, 雷剧, 神经剧, 浪费时间, 浪费钱, 弃剧, 弃了, 弃坑, 看不下去, 看睡着, 睡着了, 不推荐, 避雷, 踩雷, 劝退, 一星, 名不副实, 圈钱, 退票, 骗钱, 中途离场, 不值得, 不值, 高开低走, 言过其实`,
  },
  story: {
    en: 'Story',
    zh: '剧情',
    terms: `romance, love story, stakes, storyline, substance, payoff, 故事内核, 灵魂, 情节设计, 情感线, 剧情走向, 内核, 情感, story, storyline, plot, plotline, subplot, narrative, premise, plot twist, =twist, =twists, mystery, arc, story arc, =stories, romance subplot, storytelling
      剧情, 故事, 情节, 故事线, 主线, 支线, 感情线, 叙事, 反转, 悬念, 伏笔, 故事性, 设定, 主线剧情, 爱情线, 案件`,
    good: 'simple, patient, 简单, 打动, 新鲜, clear, rich, 流畅, 丰富, 完整, 严谨, 缜密, 扣人心弦, 跌宕起伏, 引人入胜, 曲折, 有深度, 扎实',
    bad: 'tacked on, far too early, obvious, tangle, loose ends, 太多, 冲淡, 稀碎, 莫名其妙, 撑不起, 刻意, 扯, thin, muddled, all over the place, convoluted, confusing, forced, 牵强, 单薄, 混乱, 狗血, 凌乱, 离谱, 弱智, 降智, 松散, 空洞, 薄弱, 幼稚, 儿戏, 苍白, 悬浮',
    praise:
      'gripping, well plotted, kept me guessing, 扣人心弦, 跌宕起伏, 引人入胜, 环环相扣, 逻辑严谨, 逻辑在线, 神反转, 剧情在线, 高能',
    complaints: `couldn't follow, hard to follow, no substance, over substance, too clever for its own good, nothing happens, goes nowhere, no plot, 没有灵魂, 空有其表, 说不通, 不合逻辑, plot hole, plot armor, plot armour, makes no sense, made no sense, doesn't make sense, didn't make sense, nonsensical, convoluted, contrived
      狗血, 逻辑不通, 逻辑硬伤, 逻辑混乱, 没有逻辑, 没逻辑, 毫无逻辑, 漏洞百出, 经不起推敲, 看不懂, 不知所云, 强行反转, 硬伤, 降智, 逻辑漏洞`,
  },
  script: {
    en: 'Script and dialogue',
    zh: '剧本与台词',
    terms: `monologues, exposition dumps, wit, quip, 剧作, 幽默感, 字句, 台词功底, script, dialogue, dialog, screenplay, =writing, =writer, =writers, screenwriter, line, one liner, =jokes, =joke, humor, humour, banter, monologue, scriptwriter, exposition, teleplay
      剧本, 台词, 编剧, 对白, 金句, 笑点, 对话, 段子, 文本, 梗, 包袱, 旁白, 脚本`,
    good: 'sharp, snappy, natural, landed, lands, =land, witty, quotable, 精炼, 接地气, 有梗, 有深度, 扎实, 自然, 耐人寻味, 生活化',
    bad: 'endless, lazy, 抄, stilted, cheesy, corny, wooden, clunky, on the nose, fell flat, falls flat, forced, lazy, 尴尬, 尬, 生硬, 出戏, 油腻, 土味, 喂屎, 做作, 矫情, 老套, 拉胯, 文绉绉, 翻译腔, 说教',
    praise:
      'quotable, 字字珠玑, witty, well written, quotable, laugh out loud, 金句频出, 妙语连珠, 笑死, 笑点密集, 笑出声, 爆笑',
    complaints:
      'nobody no one talks like that, not a single joke, 鸡汤, 不好笑, 没笑过, badly written, poorly written, clunky dialogue, unfunny, 喂屎, 尬聊, 编剧喂屎, 不好笑, 土味情话, 强行煽情, 强行搞笑',
  },
  directing: {
    en: 'Directing',
    zh: '导演',
    terms: `tone, filmmakers, 导演能力, 镜头调度, 一镜到底, director, directing, direction, directed, directorial, helmed, filmmaker, filmmaking, director's, staging, blocking
      导演, 执导, 调度, 场面调度, 导演手法, 导演功力, 掌镜, 拍摄手法, 镜头语言`,
    good: 'assured, confident, 老练, 娴熟, 成熟, 沉稳, 克制, 细腻',
    bad: 'anonymous, flat, all over the place, heavy handed, clumsy, messy, 稚嫩, 混乱, 炫技, 失控, 用力过猛',
    praise: 'sure hand, 拍得很温柔, 拍得很, 拍得太好, well directed, masterfully directed, 导得好, 拍得好',
    complaints: 'badly directed, poorly directed',
  },
  acting: {
    en: 'Acting',
    zh: '演技',
    terms: `kid who plays, who plays, plays the, played by, playing the, supporting players, accent, leads, 演什么像什么, 会演, 演, 戏份, 感染力, 灵气, =acting, actor, actress, performance, =performances, cast, casting, =acted, portrayal, =portrays, =portrayed, lead actor, lead actress, leads, performer, on screen chemistry, chemistry, supporting cast, ensemble, cameo, voice acting, delivery
      演技, 表演, 演员, 演的, 演得, 演绎, 饰演, 主演, 选角, 卡司, 戏骨, 老戏骨, 飙戏, 出演, 诠释, 扮演, 演出, 群演, 配角演员, 阵容, 化学反应, cp感, 眼神戏, 哭戏`,
    good: `pulls their weight, pulled off, save, 救, 努力, 演活了, 不怯场, 会演, natural, convincing, believable, committed, restrained, understated, nuanced, spot on, on point, nailed, carried, carries, shines, shine, stole the show, steals the show, steals every scene, sizzles
      自然, 到位, 在线, 细腻, 传神, 炸裂, 有层次, 走心, 贴脸, 强大, 稳, 生动, 撑起, 扛起, 入木三分, 精准, 收放自如, 可圈可点, 灵气`,
    bad: `mumbles, comes and goes, phones it in, 太用力, 一个表情, 不会演, 没有灵气, wooden, flat, stiff, over the top, hammy, phoned in, unconvincing, miscast, monotone, lifeless, stilted, one note
      僵硬, 尴尬, 做作, 面瘫, 用力过猛, 浮夸, 出戏, 拉胯, 稚嫩, 青涩, 油腻, 瞪眼, 木讷, 掉线, 单一, 尬, 木, 撑不起`,
    praise: `well acted, superbly acted, well cast, perfectly cast, oscar worthy, award worthy, 演技炸裂, 演技在线, 演技爆表, 演得好, 演活了, 贡献了, 神还原, 教科书级, 入木三分, 人戏合一, 老戏骨`,
    complaints: `can't act, mumbles, phones it in, phoning it in, sleepwalks, sleepwalking, 只会瞪眼, 念经, overacted, overacting, overact, miscast, badly acted, phoned it in, phoned in, wooden, can't act, cannot act, hammy, ham acting
      面瘫, 念台词, 演技尴尬, 演技拉胯, 毫无演技, 没有演技, 没演技, 瞪眼, 用力过猛, 数字小姐, 一个表情, 背台词, 演技差`,
  },
  characters: {
    en: 'Characters',
    zh: '人物',
    terms: `personality, motivation, 弧光, 人物动机, 人物弧光, 成长线, 动机, 光环, character, protagonist, antagonist, villain, =hero, =heroine, sidekick, main character, characterisation, characterization, character development, =backstory, side character, lead character
      人物, 角色, 人设, 主角, 女主, 男主, 女主角, 男主角, 反派, 配角, 女二, 男二, 人物塑造, 群像, 形象, 男配, 女配, 主人公, 人物关系`,
    good: `lived in, specific, 立住了, 弧光, 有弧光, 心疼, 招人疼, relatable, likable, likeable, three dimensional, complex, layered, well rounded, memorable, fleshed out, 立体, 丰满, 鲜活, 饱满, 有血有肉, 真实, 可爱, 讨喜, 圈粉, 有魅力, 生动, 鲜明, 带感`,
    bad: `窝囊, 背景板, 纸片人, 降智, 矛盾, one dimensional, two dimensional, paper thin, cardboard, underdeveloped, unlikable, unlikeable, annoying, flat, stereotype, caricature, insufferable, forgettable, undercooked
      扁平, 脸谱化, 单薄, 崩塌, 崩, 崩了, 圣母, 恋爱脑, 工具人, 讨厌, 悬浮, 玛丽苏, 招人烦, 烦人, 苍白, 立不住, 割裂, 刻板, 不讨喜`,
    praise: 'well developed, fleshed out, relatable, 有血有肉, 人物立体, 圈粉',
    complaints: `didn't care about any of, nobody to care about, no one to root for, nobody to root for, 纸片人, 没立起来, 立不起来, underdeveloped, cardboard cutout, cardboard, mary sue, one dimensional, 人设崩, 人设崩塌, 脸谱化, 工具人, 恋爱脑, 圣母, 玛丽苏, 傻白甜`,
  },
  pace: {
    en: 'Pace',
    zh: '节奏',
    terms:
      'opening, second act, middle, 开头, 前面, 后面, 中段, 中间, =pace, pacing, =paced, tempo, momentum, rhythm, middle act, first half, second half, opening, 节奏, 推进, 进度, 节奏感, 前半段, 后半段, 前半部分, 后半部分, 前几集, 进展',
    good: 'tight, brisk, fast, relentless, snappy, steady, 快, 紧凑, 明快, 流畅, 在线, 稳, 张弛有度, 舒服, 利落',
    bad: '闷, 赶, 太赶, 太慢, slow, uneven, sluggish, glacial, off, rushed, sags, lags, sagged, saggy, 慢, 拖, 拖沓, 缓慢, 混乱, 松散, 太快, 失控, 仓促, 崩, 拖拉, 平',
    praise:
      'time flew, hardly a dull moment, never a dull moment, no dull moment, not a wasted minute, wasted minute, never lets up, over before you know it, 没有快进, 不闷, 慢热, fast paced, well paced, tightly paced, never drags, no filler, moves along, flies by, flew by, page turner, 紧凑, 不拖沓, 不拖泥带水, 无尿点, 没有尿点, 全程无尿点, 干脆利落, 不拖, 毫不拖沓, 全程高能, 张弛有度, 一气呵成',
    complaints: `nothing happening, nothing happens, checked my watch, checking my watch, looking at my watch, 倍速, 快进, 半天, 拖了, drags, dragged, dragging, draggy, slow, slow moving, slow paced, plodding, plods, meandering, meanders, drawn out, filler, sluggish, glacial, takes forever, stretched out, padded
      拖沓, 拖拉, 拖泥带水, 拖节奏, 磨叽, 注水, 灌水, 太拖, 冗长, 磨磨唧唧, 墨迹, 催眠, 流水账, 尿点`,
  },
  visuals: {
    en: 'Visuals and effects',
    zh: '画面与特效',
    terms: `wig, wigs, locations, location, look of it, style, frame, action, stunt, composition, 假发, 光线, 妆容, 服装, 一镜到底, 每一帧, 打斗戏, 美术, 影像, 颜值, 布光, 武戏, visuals, =visual, visually, effects, special effects, visual effects, =cgi, =vfx, =sfx, cinematography, camerawork, camera work, =camera, =shot, shots, =imagery, animation, lighting, costume, wardrobe, makeup, set design, production design, =sets, set pieces, action scene, fight scene, action sequence, scenery, color grading, colour grading, production values, fight choreography, choreography, 3d, imax, art direction, the look, green screen, stunts
      画面, 特效, 摄影, 镜头, 视觉, 场景, 服化道, 服装, 造型, 妆造, 布景, 置景, 美术, 构图, 色调, 光影, 打斗, 动作戏, 打戏, 画质, 滤镜, 取景, 建模, 运镜, 道具, 视效, 武打, 动作场面, 五毛特效, 画风, 质感, 打光, 布光, 大场面, 特技`,
    good: `real, relentless, top drawer, 拳拳到肉, 用心, crisp, lush, vivid, seamless, slick, gritty, 精美, 精致, 唯美, 华丽, 震撼, 逼真, 有质感, 高级, 考究, 流畅, 细腻, 美, 养眼, 大片感, 清晰, 宏大, 绝, 炫酷`,
    bad: `shoddy, fake, 看不见, 糊, 马赛克, 厚, 糊成, cheap, fake, dated, shaky, dark, murky, unconvincing, rubbery, blurry, cartoonish, like a video game, washed out, choppy, 假, 粗糙, 五毛, 廉价, 塑料, 辣眼睛, 出戏, 简陋, 昏暗, 模糊, 晃, 敷衍, 违和, 磨皮, 太暗, 穿帮, 山寨, 影楼风`,
    praise:
      'gorgeous to look at, beautiful to look at, easy on the eyes, 美则美矣, 金玉其外, eye candy, visually stunning, visual feast, beautifully shot, gorgeously shot, well shot, beautifully filmed, 视觉盛宴, 画面精美, 每一帧都是壁纸, 壁纸, 大饱眼福, 电影质感, 太美了',
    complaints: `too dark, so dark, can't see a thing, couldn't see a thing, shaky cam, looks cheap, looked cheap, looks fake, looked fake, 五毛特效, 五毛, 辣眼睛, 塑料感, 影楼风, 磨皮, 穿帮, 抠图, 绿幕感`,
  },
  music: {
    en: 'Music and sound',
    zh: '音乐与声音',
    terms: `music, =score, soundtrack, =song, =songs, =sound, sound design, sound mix, sound mixing, audio, theme song, =ost, composer, musical numbers, background music, needle drop, opening theme, =theme tune
      音乐, 配乐, 主题曲, 片尾曲, 片头曲, 插曲, bgm, ost, 歌曲, 音效, 原声, 背景音乐, 收音, 声音, 音响, 曲子, 歌, 混音, 片头, 旋律`,
    good: 'earworm, on repeat, 单曲循环, 满分, 鸡皮疙瘩, haunting, catchy, immersive, rousing, stirring, 好听, 恰到好处, 抓耳, 点睛, 燃, 震撼, 动听, 悦耳, 契合, 应景, 到位',
    bad: 'drowned, 吵, 尴尬, 有问题, loud, intrusive, overbearing, blaring, muffled, deafening, drowned out, drowns out, generic, grating, 突兀, 吵, 难听, 嘈杂, 违和, 太大声, 太吵, 出戏, 聒噪, 滥用, 糊',
    praise: '好听, 单曲循环, 配乐加分',
    complaints: "over scored, hard to hear, couldn't hear, can't hear the, can't hear, inaudible, 听不清, 难听",
  },
  editing: {
    en: 'Editing',
    zh: '剪辑',
    terms:
      '剪辑师, 删减, cutting, trim, editing, edited, editor, =cut, =cuts, montage, jump cut, transition, flashback, flashbacks, timeline, cross cutting, 剪辑, 剪接, 蒙太奇, 转场, 闪回, 时间线, 剪得, 剪, 衔接, 交叉剪辑, 插叙, 倒叙',
    good: 'seamless, crisp, tight, 流畅, 利落, 精准, 丝滑, 干净',
    bad: '太多, 接不上, choppy, jarring, confusing, incoherent, messy, abrupt, frantic, too many, 混乱, 跳跃, 跳, 凌乱, 突兀, 乱, 生硬, 碎, 稀碎, 断裂, 割裂',
    praise: 'well edited, tightly edited, 剪辑流畅',
    complaints: 'choppy, poorly edited, badly edited, over edited, 剪辑混乱, 剪得稀碎, 一剪没',
  },
  ending: {
    en: 'Ending',
    zh: '结局',
    terms: `last half hour, last hour, final shot, final minutes, finish, last shot, last line, 结尾那个镜头, 最后那个镜头, 结束, ending, =ended, =ends, finale, conclusion, climax, =resolution, last episode, final episode, last act, third act, final act, last ten minutes, final scene, last scene, cliffhanger, epilogue, final season, last season, the end
      结局, 结尾, 大结局, 收尾, 最后一集, 尾声, 高潮, 落幕, 收场, 最后几集, 片尾, 末尾, 最终季`,
    good: 'stays with you, 圆满, satisfying, earned, perfect, bittersweet, 圆满, 升华, 完美, 余味, 意味深长, 留白, 有力, 合理, he, 泪目, 意难平',
    bad: 'undoes, undid, 赶, 离谱, 骂, 烂, rushed, abrupt, unsatisfying, anticlimactic, predictable, tacked on, came out of nowhere, cop out, 仓促, 潦草, 草率, 突兀, 敷衍, 莫名其妙, 烂, 崩, 崩了, 强行, 狗尾续貂, 戛然而止, 俗套, 开放式, 虎头蛇尾, 意外地平',
    praise: 'stuck the landing, sticks the landing, ended on a high, 圆满收官, 完美收官, 圆满',
    complaints:
      'anticlimactic, fell apart at the end, falls apart at the end, ruined the ending, 烂尾, 烂尾了, 虎头蛇尾, 狗尾续貂, 草草收场, 草草了事, 草草结束',
  },
  originality: {
    en: 'Originality',
    zh: '新意',
    terms:
      'take on, new take, fresh take, 花样, 新味道, originality, =concept, creativity, =idea, =ideas, innovation, trope, tropes, cliche, formula, 创意, 新意, 题材, 套路, 脑洞, 原创性, 创新, 立意, 概念, 点子',
    good: 'fresh, new, bold, inventive, clever, subverts, subverted, 新颖, 新鲜, 独特, 清奇, 大胆, 新, 少见, 稀缺, 反套路, 耳目一新, 大',
    bad: 'tired, recycled, stale, same old, overused, worn out, 老套, 俗套, 陈旧, 老, 烂俗, 满满, 雷同, 重复, 老掉牙, 旧, 烂大街',
    praise:
      'fresh take, breaks all the rules, breaks the rules, never been done, 新味道, 难得一见, 脑洞真大, original, fresh, inventive, innovative, unique, ground breaking, groundbreaking, breath of fresh air, one of a kind, imaginative, unlike anything, never seen anything like, 耳目一新, 新颖, 别出心裁, 脑洞大开, 脑洞清奇, 独树一帜, 不落俗套, 反套路, 有新意, 有创意, 令人眼前一亮, 眼前一亮, 开创性',
    complaints: `seen all of this, seen it all, been done before, done to death, nothing new, just another, yet another, not one original, isn't one original, same old, breaks no new ground, 跟前作没区别, 猜到, cliche, cliched, predictable, formulaic, derivative, unoriginal, by the numbers, generic, rehash, rip off, ripoff, seen it all before, seen it before, cookie cutter, copycat, paint by numbers, saw it coming, done before
      老套, 俗套, 千篇一律, 毫无新意, 没有新意, 没新意, 套路, 抄袭, 似曾相识, 炒冷饭, 老掉牙, 烂俗, 雷同, 换汤不换药, 缝合怪, 猜到结局, 一眼看到头, 陈词滥调, 照搬`,
  },
  values: {
    en: 'Values',
    zh: '价值观',
    terms:
      'says about, something to say, sexism, racism, violence, faith, 霸凌, 女性群像, 雌竞, 社会议题, values, =message, moral, =themes, politics, political, representation, diversity, agenda, feminism, propaganda, stereotypes, social commentary, 价值观, 三观, 主题, 内涵, 思想, 立意, 寓意, 主旨, 女性主义, 人性, 现实意义, 正能量, 教育意义, 价值导向, 意识形态',
    good: 'powerful, important, timely, thoughtful, meaningful, uplifting, 正, 积极, 深刻, 深远, 正向, 积极向上, 深, 有深度, 震耳欲聋, 发人深省',
    bad: 'no subtlety, insulting, lectured, preachy, heavy handed, shoved down, toxic, offensive, sexist, racist, muddled, problematic, 歪, 扭曲, 不正, 毁, 说教, 空洞, 炸裂, 陈腐, 肤浅, 毒, 有毒, 腐朽',
    praise:
      'without something to say, long after the credits, 想了很久, 没有雌竞, 不说教, thought provoking, makes you think, made me think, eye opening, 发人深省, 引人深思, 三观正, 三观很正, 令人深思, 有内涵, 有教育意义, 振聋发聩, 正能量',
    complaints:
      'lectured, lecturing, lecture, 低俗, 恶俗, preachy, sexist, misogynistic, racist, propaganda, glorifies, glorify, tone deaf, 三观不正, 三观歪, 毁三观, 三观尽毁, 说教, 爹味, 男权, 歧视, 媚俗, 洗白, 美化, 物化, 厌女, 重男轻女',
  },
  adaptation: {
    en: 'Adaptation',
    zh: '改编',
    terms:
      'the film version, sequel, prequel, homage, 漫改, 老版, adaptation, adapted, adapting, source material, =novel, =novels, =book, =books, manga, comic, comics, remake, reboot, the original, the game, canon, 改编, 原著, 原作, 小说, 漫画, 翻拍, 原版, 书粉, 原著党, 还原度, 魔改, 游戏原作',
    good: 'does the book justice, pleased, 满意, 知足, 惊人, faithful, true to, respects, respectful, honors, honours, does justice, 还原, 忠于, 尊重, 高度还原, 忠实, 高, 致敬',
    bad: 'adds nothing, nothing like, 改没了, butchered, butchers, unfaithful, ruins, ruined, unnecessary, strays, strayed, disrespects, soulless, changed too much, 魔改, 毁, 面目全非, 改得乱七八糟, 低, 毁了, 胡乱, 乱改, 瞎改',
    praise:
      'faithful, does justice to, did justice to, 忠于原著, 尊重原著, 高度还原, 还原度高, 还原度很高, 还原原著, 超越原著, 忠实原著',
    complaints:
      'not as good as the book, adds nothing to the original, butchered my, changed 不如重看老版, 还不如看书, 还不如看原著, the book was better, the books were better, book is better, book is so much better, butchered the, nothing like the book, nothing like the books, should have stayed a book, 魔改, 毁原著, 毁经典, 不尊重原著, 面目全非, 毁了原著, 原著党表示, 毁童年',
  },
  subtitles: {
    en: 'Subtitles and dubbing',
    zh: '字幕与配音',
    terms:
      'subbed, lip, 原声, 字幕组, subtitle, subtitles, =subs, caption, captions, closed captions, =dub, =dubs, dubbed, dubbing, translation, voice over, voiceover, lip sync, 字幕, 配音, 翻译, 译制, 配音演员, 译文, 中配, 原声台词, 国语版, 口型, 机翻, 声优',
    good: 'accurate, in sync, readable, 信达雅, 贴切, 准确, 到位, 贴合, 贴脸, 有感情, 用心',
    bad: 'horrid, loses, lag, lags, spoil, 别扭, 一头雾水, 一大堆, out of sync, inaccurate, unreadable, tiny, laggy, missing, off, late, robotic, wrong, 出戏, 违和, 错字, 不同步, 对不上, 延迟, 错误, 生硬, 机翻, 塑料, 棒读, 错漏百出, 太小, 错别字',
    complaints:
      'out of sync, no subtitles, mistranslated, mistranslation, badly dubbed, poorly dubbed, 机翻, 棒读, 配音出戏, 口型对不上, 没有字幕, 错别字',
  },
  length: {
    en: 'Length',
    zh: '篇幅',
    terms:
      'episodes, season length, hour, length, runtime, running time, run time, =duration, episode length, number of episodes, episode count, 时长, 片长, 集数, 篇幅, 长度, 体量',
    good: 'right, perfect, just right, short and sweet, 刚好, 正好, 合适, 适中, 短小精悍, 恰到好处',
    bad: 'long, too long, bloated, excessive, short, overlong, punishing, stretched, 长, 太长, 过长, 太短, 冗长, 多, 太多, 少, 太少',
    praise:
      'as long as it needs to be, exactly as long as, not a minute too long, in and out, 不长, 刚刚好, 没觉得长, 不多不少, short and sweet, right length, 短小精悍, 不嫌长, 嫌短',
    complaints: `could lose, an hour too long, should have been, needed a trim, could use a trim, not short, 剪掉, 不够看, 嫌长, 半小时就能, 没看够, too long, way too long, far too long, overlong, bloated, overstays its welcome, overstayed its welcome, too short, could have been shorter, should have been shorter, half an hour too long, could lose twenty minutes, trim
      太长, 太长了, 过长, 又臭又长, 集数太多, 太短, 太短了, 不够看, 硬凑, 凑集数, 裹脚布`,
  },
  platform: {
    en: 'Advertising and platform',
    zh: '广告与平台',
    terms: `ad break, ad breaks, weekly, per week, a week, autoplay, release schedule, binge drop, 更新, 4k, 画质, =ad, =ads, advert, adverts, advertisement, advertising, commercials, =commercial break, product placement, streaming, platform, =app, buffering, subscription, paywall, player, bitrate, stream, membership, autoplay, streaming service, video quality
      广告, 植入, 平台, 会员, 超前点播, 点映, 中插, vip, 播放器, 卡顿, 缓冲, 更新, 片源, 贴片, 赞助, 付费, 充会员, app, 画质压缩, 弹幕`,
    good: 'crystal clear, glad, 良心, free, smooth, ad free, 良心, 流畅, 免费, 少, 快, 稳定',
    bad: 'ruin, torture, cut off, disgrace, 卡得要死, 无孔不入, too many, unskippable, constant, annoying, endless, crashes, crashed, crash, freezes, freezing, laggy, glitchy, expensive, intrusive, every, shoved, 多, 太多, 满天飞, 烦, 密集, 生硬, 尴尬, 出戏, 慢, 卡, 贵, 坑, 频繁, 吃相难看, 割韭菜, 闪退, 恶心, 长, 太长, 无处不在',
    praise: 'ad free, no ads, 无广告, 没有广告',
    complaints:
      'cancelled my subscription, canceled my subscription, are you kidding me, 卡得要死, 无孔不入, unskippable, buffering, keeps buffering, kept buffering, paywall, kept crashing, keeps crashing, 超前点播, 吃相难看, 割韭菜, 卡顿, 闪退, 广告太多, 植入太多, 植入生硬, 一天一集, 更新太慢',
  },
}

/** What reviews of film and television judge. */
export const filmTaxonomy: Taxonomy = {
  whole: 'overall',
  aspects: Object.entries(written).map(
    ([id, { en, zh, ...lists }]): Aspect => ({
      id,
      name: { en, zh },
      terms: words(lists.terms),
      good: words(lists.good ?? ''),
      bad: words(lists.bad ?? ''),
      praise: words(lists.praise ?? ''),
      complaints: words(lists.complaints ?? ''),
    }),
  ),
}
