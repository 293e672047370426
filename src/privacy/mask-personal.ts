const mask = '***'

/** What tells who somebody is or where to reach them, with what is kept of it. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // Links first, for they hold what the others look for.
  [/(?:https?:\/\/|www\.)\S+/giu, mask],
  [/[\p{L}\p{N}._%+-]+[@＠][\p{L}\p{N}-]+(?:[.．][\p{L}\p{N}-]+)+/gu, mask],
  [
    /(?<![\p{L}\p{N}])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|cn|cc|tv|io|me|top|xyz|info|co|ly|gg)(?:\/\S*)?(?![a-z])/giu,
    mask,
  ],
  [/[@＠][\p{L}\p{N}_.·-]{1,30}/gu, mask],
  [
    /(微信|威信|薇信|v信|企鹅|扣扣|(?<![a-z])(?:wechat|weixin|qq|vx|wx|telegram|whatsapp|instagram|snapchat|skype|tel|phone))((?:\s*(?:号|群|id))?\s*(?:(?:是|[:：=])\s*|(?=[a-z_-]*\d)))[a-z0-9_-]{5,}/giu,
    `$1$2${mask}`,
  ],
  // Telephone, identity card and bank numbers: seven digits or more, also parted, full-width or in words.
  [/(?<![\p{L}\p{N}])[a-z]{1,3}\p{Nd}{6,}/giu, mask],
  [/[+＋]?\p{Nd}(?:[ \u00a0.\-‐–－()（）]{0,2}\p{Nd}){6,}[xX]?/gu, mask],
  [/[零〇一二三四五六七八九幺]{7,}/gu, mask],
]

/**
 * `text` with e-mail addresses, links, @names, messenger ids and long numbers (telephone, identity, account) replaced by `***`, in English and Chinese. It errs
 * towards too much: a range of dates is masked too. Names in running text are not found.
 */
export function maskPersonal(text: string): string {
  return patterns.reduce((masked, [pattern, kept]) => masked.replaceAll(pattern, kept), text)
}
