import { counted, grouped, type Text } from '../../text.ts'
import { type Checked, isLeftOut } from './check-rows.ts'
import { dailySources } from './title-bursts.ts'

/** What the data do not tell, and how to read the answer. */
export function notesOf(checked: Checked, notCompared: number, shown: number): Text[] {
  const { reviews, flags, leaveOut } = checked
  const notes: Text[] = []
  const add = (en: string, zh: string) => notes.push({ en, zh })
  if (reviews.length === 0) {
    add('There are no reviews.', '没有评论。')
    return notes
  }
  const lacking = (is: (review: (typeof reviews)[number]) => boolean) => reviews.filter(is).length
  const of = `of ${counted(reviews.length, 'review')}`
  const nameless = lacking(({ viewerId }) => viewerId === null)
  if (nameless > 0) {
    add(
      `${grouped(nameless)} ${of} do not tell who wrote them: of these only copies and bursts are found, and none is said to resemble organised reviews.`,
      `${grouped(reviews.length)} 条评论中有 ${grouped(nameless)} 条没有评论者：对这些只查雷同与突发，不判疑似有组织。`,
    )
  }
  const timeless = lacking(({ hour }) => hour === null)
  if (timeless > 0) {
    add(
      `${grouped(timeless)} ${of} have no time: no burst and no hurry is seen in them.`,
      `${grouped(reviews.length)} 条评论中有 ${grouped(timeless)} 条没有时间，无从判断突发与赶评。`,
    )
  }
  const markless = lacking(({ extreme }) => extreme === null)
  if (markless > 0) {
    add(
      `${grouped(markless)} ${of} have neither a rating nor a label: bursts are looked for without them.`,
      `${grouped(reviews.length)} 条评论中有 ${grouped(markless)} 条既无评分也无标签，查找突发时不计入。`,
    )
  }
  const daily = [...dailySources(reviews)]
  if (daily.length > 0) {
    add(
      `Of ${daily.join(', ')} only the day is known: bursts of a day and more are looked for, and no hurry.`,
      `${daily.join('、')} 只有日期：只查找一天及以上的突发，不判断赶评。`,
    )
  }
  if (notCompared > 0) {
    add(
      `${counted(notCompared, 'review')} past the limit of texts that are compared: copies among them are not seen.`,
      `${grouped(notCompared)} 条评论超出可比较的文本数上限，其中的雷同未查。`,
    )
  }
  const flagged = reviews.filter((review) => flags.has(review)).length
  if (flagged === 0) add('No review has a flag.', '没有评论被标记。')
  else {
    add(
      'A flag says what a review resembles, not who wrote it or why; docs/methods/review-hygiene.md tells how often flags are wrong.',
      '标记只说明评论与何种情形相似，不断定由谁、因何而写；误判率见 docs/methods/review-hygiene.zh-CN.md。',
    )
  }
  if (shown < flagged) {
    add(
      `Lists are cut to ${counted(shown, 'row')}: --limit ${flagged} --json tells all ${grouped(flagged)} flagged reviews.`,
      `各表至多 ${shown} 行：用 --limit ${flagged} --json 列出全部 ${grouped(flagged)} 条被标记的评论。`,
    )
  }
  if (leaveOut.length > 0 && flagged > 0 && !reviews.some((review) => isLeftOut(checked, review))) {
    add('No flag is one of the reasons to leave a review out.', '所标记的原因均不在剔除之列。')
  }
  return notes
}
