import type { Text } from '../text.ts'

const classes: readonly (readonly [Text, readonly string[]])[] = [
  [{ en: 'Phone', zh: '手机' }, ['phone', 'mobile', 'mobile phone', 'smartphone', 'iphone', '手机', '移动端']],
  [{ en: 'TV', zh: '电视' }, ['tv', 'television', 'smart tv', 'stb', 'set-top box', '电视', '智能电视', '机顶盒']],
  [{ en: 'Tablet', zh: '平板' }, ['tablet', 'pad', 'ipad', '平板', '平板电脑']],
  [
    { en: 'Computer or web', zh: '电脑或网页' },
    ['computer', 'pc', 'desktop', 'laptop', 'web', 'browser', '电脑', '网页', '浏览器'],
  ],
]

/** The class of a device that sources spell in their own ways; one of an unknown kind keeps its name. */
export function deviceClass(device: string): Text | string {
  const written = device.trim().toLowerCase().replaceAll('_', ' ')
  return classes.find(([, names]) => names.includes(written))?.[0] ?? device
}
