import { eng, zho } from 'stopword'

/** Function words that the lists of the package lack: pronouns, particles, negations and contractions without their apostrophe. */
const more = `
no not nor so just even too yet ever why whose whom than then once again also does didnt doesnt dont cant couldnt wont wouldnt isnt wasnt arent werent hasnt havent
hadnt im ive id ill youre youve hes shes its thats theres were theyre theyve lets us me him her myself yourself himself herself itself themselves etc ok okay oh
really quite rather thing things something anything everything nothing someone anyone everyone
没有 还是 这个 那个 就是 怎么 我们 你们 他们 她们 自己 大家 别人 觉得 可以 因为 所以 但是 可是 不过 而且 虽然 如果 真的 一个 一样 一下 一点 有点 知道 现在 还有 这么 那么
不是 不会 不能 不要 这样 那样 这里 那里 这种 这些 那些 已经 只是 然后 感觉 什么 为什么 时候 东西 一直 其实 可能 应该 还要 就算 只有 只要 是不是 有没有 能不能 不知 起来
出来 以后 以前 之后 之前 一些 有些 这次 那次 多少 这部 那部 比较 非常 特别 实在 其他 有人 一起 或者 以及 而已 罢了 了吧 的话
`

/** Words of English and Chinese that say nothing by themselves, in lower case and simplified characters. */
export const stopWords: ReadonlySet<string> = new Set([...eng, ...zho, ...more.trim().split(/\s+/)])
