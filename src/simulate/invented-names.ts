/** Invented series: English, simplified Chinese, traditional Chinese. */
export const seriesNames = `
Lantern Ferry|渡口灯火|渡口燈火
Salt Orchard Road|盐园往事|鹽園往事
Nine Quiet Kitchens|九间静厨房|九間靜廚房
The Copper Weathercock|铜风信鸡|銅風信雞
Ministry of Small Rivers|小河管理局|小河管理局
Borrowed Snowfall|借来的雪|借來的雪
Detective Mulberry|桑探长奇案|桑探長奇案
The Violet Tribunal|紫堇法庭|紫堇法庭
Harvest on Platform Six|六号站台的收成|六號站臺的收成
Clockmaker's Daughterland|钟匠女儿国|鐘匠女兒國
Beneath Tidewater Hall|潮水厅之下|潮水廳之下
Marrow of the Mountain|山骨传说|山骨傳說
Seven Umbrellas|七把雨伞|七把雨傘
The Amber Switchboard|琥珀总机|琥珀總機
Northbound Peony|北上的牡丹|北上的牡丹
A Treaty with Crows|与乌鸦立约|與烏鴉立約
Paper Generals|纸上将军|紙上將軍
Saffron Parliament|藏红议会|藏紅議會
Night Bus to Willow Bay|开往柳湾的夜车|開往柳灣的夜車
The Cartographer's Debt|制图师的债|製圖師的債
Gravity for Beginners|重力入门课|重力入門課
House of Borrowed Spoons|借勺之家|借勺之家
Jade Signal Station|翡翠信号站|翡翠信號站
Winter Beekeepers|冬日养蜂人|冬日養蜂人
Thunder Over Cotton Lane|棉花巷惊雷|棉花巷驚雷
Orchid Squad Zero|兰花零队|蘭花零隊
Every Second Tuesday|隔周星期二|隔週星期二
The Silent Auctioneer|无声拍卖师|無聲拍賣師
Dust Ballet Company|尘埃芭蕾团|塵埃芭蕾團
Foxglove Emergency|毛地黄急诊|毛地黃急診
Magnolia Bureau|玉兰调查局|玉蘭調查局
Crane and Anvil|鹤与铁砧|鶴與鐵砧
The Understudy Emperor|替身皇帝|替身皇帝
Glasshouse Verdict|玻璃房判决|玻璃房判決
Pepper Street Choir|胡椒街合唱团|胡椒街合唱團
Velvet Locksmith|丝绒锁匠|絲絨鎖匠
Ten Thousand Kites|万只纸鸢|萬隻紙鳶
Iron Tea Ceremony|铁茶道|鐵茶道
The Lighthouse Auditors|灯塔审计员|燈塔審計員
Moonlit Ferment|月下酿造|月下釀造`
  .trim()
  .split('\n')

/** Invented films; the last two share a name with the two before them and differ in year. */
export const filmNames = `
Cinnamon Hour|肉桂时分|肉桂時分
The Tailor of Fog|雾裁缝|霧裁縫
Half a Bridge|半座桥梁|半座橋樑
Please Water the Comet|请给彗星浇水|請給彗星澆水
Sparrow Inheritance|麻雀遗产|麻雀遺產
Under the Plum Antenna|梅树天线下|梅樹天線下
Zero Gravity Wedding|失重婚礼|失重婚禮
The Last Bamboo Locomotive|最后的竹火车|最後的竹火車
Quarry of Mirrors|镜子采石场|鏡子採石場
A Lullaby for Bandits|强盗摇篮曲|強盜搖籃曲
Persimmon Heist|柿子劫案|柿子劫案
The Elevator Monk|电梯僧人|電梯僧人
Monsoon Arithmetic|季风算术|季風算術
Blue Porcelain Getaway|青瓷大逃亡|青瓷大逃亡
Thirteen Steps to Osmanthus|十三步桂花|十三步桂花
Ghost Ledger|幽灵账本|幽靈賬本
Rehearsal for a Storm|风暴排练|風暴排練
The Noodle Astronaut|面条宇航员|麵條宇航員
Waltz of the Toll Collectors|收费员圆舞曲|收費員圓舞曲
Red Bean Frontier|红豆边疆|紅豆邊疆
Paper Lighthouse|纸灯塔|紙燈塔
The Autumn Courier|秋日信使|秋日信使
Paper Lighthouse|纸灯塔|紙燈塔
The Autumn Courier|秋日信使|秋日信使`
  .trim()
  .split('\n')

const given = 'Ada Bo Cleo Dara Elio Fen Greta Hugo Ines Jun Kira Lior Mina Noor Odell Pia Quill Rosa Sten Tova'.split(
  ' ',
)
const family =
  'Ashgrove Bellwater Corrin Dunmarsh Everlake Fenwillow Garrowby Hollinsea Ivestone Jarrowmere Kestwick Lindholt'.split(
    ' ',
  )

/** Name `index` of 240 invented people. */
export function inventPerson(index: number): string {
  return `${given[index % given.length]} ${family[Math.floor(index / given.length) % family.length]}`
}

/** What invented characters are called. */
export const characterNames =
  'Captain Rue,Old Shen,Doctor Vale,Little Yun,Inspector Moss,Auntie Bai,The Archivist,Wren,Lao Gu,Marta Quince'.split(
    ',',
  )
