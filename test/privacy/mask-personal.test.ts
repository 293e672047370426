import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskPersonal } from '../../src/privacy/mask-personal.ts'

test.each([
  ['write to mara.b+film@post.example.org now', 'write to *** now'],
  ['邮箱 mara＠example．com，谢谢', '邮箱 ***，谢谢'],
  ['see https://example.org/a?b=1 or www.example.org', 'see *** or ***'],
  ['free at pirate-films.tv/watch!', 'free at ***'],
  ['@mara_b you are right', '*** you are right'],
  ['加微信：ferry_2020 看全集', '加微信：*** 看全集'],
  ['my WeChat id: nightferry', 'my WeChat id: ***'],
  ['QQ群 123456', 'QQ群 ***'],
  ['call +44 (0)20 7946 0123', 'call ***'],
  ['电话13800138000', '电话***'],
  ['电话１３８ ００１３ ８０００', '电话***'],
  ['身份证 11010519491231002X。', '身份证 ***。'],
  ['passport G12345678', 'passport ***'],
  ['打一三八零零一三八零零零', '打***'],
])('%s', (text, masked) => {
  expect(maskPersonal(text)).toBe(masked)
})

test.each([
  'A 10/10 film, 2001: A Space Odyssey in 4K, 142 minutes',
  '第3集第25分钟拖沓，8.5分',
  'The director of 12 Monkeys; 1,000 times better. Mr. Cole is back',
  '一二三四五，上山打老虎',
  'The phone rings and nobody lifts it; a Skype call opens the film',
])('leaves alone: %s', (text) => {
  expect(maskPersonal(text)).toBe(text)
})

test('no seven digits in a row and no address survive, whatever is around them', () => {
  const around = fc.string({ maxLength: 12 })
  fc.assert(
    fc.property(around, fc.stringMatching(/^[0-9]{7,19}$/), around, (before, digits, after) => {
      expect(maskPersonal(`${before}${digits}${after}`)).not.toContain(digits)
      expect(maskPersonal(`${before} mara@example.org ${after}`)).not.toContain('mara@example.org')
    }),
  )
})

test('masking what is masked changes nothing', () => {
  const once = maskPersonal('call 13800138000 or @mara, mara@example.org')
  expect(maskPersonal(once)).toBe(once)
})
