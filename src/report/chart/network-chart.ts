import { forceLayout } from '../../kernels/force-layout.ts'
import type { Text } from '../../text.ts'
import { clip } from '../wording.ts'
import { base, type Chart, nameLabel, token } from './option.ts'

export interface NetworkNode {
  readonly name: string
  /** Index of its group. */
  readonly group: number
  /** Relative area of the mark, 0 to 1. */
  readonly weight: number
  readonly tip: Text
}

export interface NetworkLink {
  /** Indices of nodes. */
  readonly from: number
  readonly to: number
  /** Relative width, 0 to 1. */
  readonly weight: number
  readonly tip: Text
}

const seed = 7
/** The drawing's own units: its sides keep this ratio at any width. */
const [across, down] = [900, 480]

/** A network (关系图): linked nodes lie near each other, at the same places each time; marks and lines are as large as their weights. */
export function networkChart(
  nodes: readonly NetworkNode[],
  links: readonly NetworkLink[],
  groups: readonly Text[],
): Chart {
  const places = forceLayout(nodes.length, links, seed)
  const shapes = ['circle', 'diamond', 'rect']
  return {
    height: 460,
    option: {
      ...base,
      legend: { show: groups.length > 1, bottom: 0, left: 0, textStyle: { color: token('ink'), fontSize: 12 } },
      series: [
        {
          type: 'graph',
          layout: 'none',
          left: 50,
          right: token('names'),
          top: 24,
          bottom: 56,
          categories: groups.map((name, index) => ({ name, symbol: shapes[index % shapes.length] ?? 'circle' })),
          data: nodes.map((node, index) => ({
            name: String(index),
            category: node.group,
            x: across * (places[index]?.x ?? 0),
            y: down * (places[index]?.y ?? 0),
            symbolSize: Math.round(8 + 34 * Math.sqrt(node.weight)),
            short: clip(node.name),
            tip: [clip(node.name), node.tip],
          })),
          links: links.map(({ from, to, weight, tip }) => ({
            source: String(from),
            target: String(to),
            lineStyle: { width: 1 + 7 * weight, opacity: 0.25 + 0.4 * weight, color: token('muted'), curveness: 0.08 },
            tip: [`${clip(nodes[from]?.name ?? '')} – ${clip(nodes[to]?.name ?? '')}`, tip],
          })),
          label: { show: true, position: 'right', ...nameLabel },
          labelLayout: { hideOverlap: true },
          emphasis: { focus: 'adjacency' },
        },
      ],
    },
  }
}
