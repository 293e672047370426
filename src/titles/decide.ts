import type { Text } from '../text.ts'
import type { Clusters } from './cluster.ts'
import { type TitleDecision, titleHandle } from './title.ts'
import type { Work } from './work.ts'

/** The works that a person decided about, and what could not be applied. */
export interface Decided {
  readonly works: ReadonlySet<number>
  readonly warnings: readonly Text[]
}

/** Applies what a person decided: first what stays apart, then what is one whatever the rules say, then what is one. */
export function applyDecisions(
  works: readonly Work[],
  decisions: readonly TitleDecision[],
  clusters: Clusters,
): Decided {
  const decided = new Set<number>()
  const warnings: Text[] = []
  if (decisions.length === 0) return { works: decided, warnings }
  const found = new Map<string, Set<number>>()
  for (const [index, work] of works.entries()) {
    for (const { reference } of work.members) {
      for (const name of [titleHandle(reference), reference.key]) {
        found.set(name, (found.get(name) ?? new Set()).add(index))
      }
    }
  }
  const rank = { reject: 0, merge: 1, accept: 2 } as const
  const order = (item: TitleDecision): string => `${rank[item.action]}${[item.left, item.right].sort().join('\u0000')}`
  const refuse = (item: TitleDecision, en: string, zh: string): void => {
    warnings.push({
      en: `Decision ${item.action} of "${item.left}" and "${item.right}": ${en}`,
      zh: `对“${item.left}”与“${item.right}”的决定 ${item.action}：${zh}`,
    })
  }
  for (const item of [...decisions].sort((a, b) => (order(a) < order(b) ? -1 : 1))) {
    const [lefts, rights] = [found.get(item.left), found.get(item.right)]
    if (lefts === undefined || rights === undefined) {
      refuse(item, 'no source names such a title any more.', '已没有来源使用该片名。')
      continue
    }
    for (const left of lefts) {
      for (const right of rights) {
        if (left === right) {
          if (item.action === 'reject')
            refuse(item, 'both are one id or one spelling of one source.', '两者为同一编号或同一来源的同一写法。')
        } else if (item.action === 'reject') clusters.keepApart(left, right)
        else if (clusters.areKeptApart(left, right))
          refuse(item, 'another decision keeps them apart.', '另一项决定要求两者分开。')
        else if (item.action === 'accept' && !clusters.canJoin(left, right)) {
          refuse(
            item,
            'they are distinct by id, catalogue, kind or year; `merge` joins them even so.',
            '编号、片库、类型或年份表明两者不同；如仍要合并请用 merge。',
          )
        } else {
          clusters.join(left, right)
          decided.add(left).add(right)
        }
      }
    }
  }
  return { works: decided, warnings }
}
