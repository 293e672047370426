/** The colours of one theme. Series colours follow Okabe and Ito, at 3:1 or more against `surface`; texts have 4.5:1. */
export interface Palette {
  readonly page: string
  readonly surface: string
  readonly raised: string
  readonly ink: string
  readonly muted: string
  readonly line: string
  readonly accent: string
  readonly good: string
  readonly bad: string
  readonly warning: string
  readonly series: readonly string[]
  /** From little to much. */
  readonly ramp: readonly string[]
}

export const light: Palette = {
  page: '#f4f6f9',
  surface: '#ffffff',
  raised: '#eef2f7',
  ink: '#17202e',
  muted: '#525d70',
  line: '#d8dee8',
  accent: '#0063a3',
  good: '#00704f',
  bad: '#b5410a',
  warning: '#7d5200',
  series: ['#0072b2', '#d55e00', '#00845f', '#a8558a', '#967000', '#5667c4'],
  ramp: ['#eff5fb', '#b7d5ec', '#6caad6', '#2478b5', '#0a4477'],
}

export const dark: Palette = {
  page: '#10151d',
  surface: '#181f2a',
  raised: '#222b39',
  ink: '#e8edf4',
  muted: '#a5b0c2',
  line: '#333e4f',
  accent: '#6cbcf0',
  good: '#4ecda4',
  bad: '#ff9a62',
  warning: '#f0c04a',
  series: ['#56b4e9', '#f0894a', '#3fc79f', '#e59ac4', '#e6c04a', '#a3adff'],
  ramp: ['#1d2735', '#1f4466', '#2a6d9f', '#4ca3da', '#b5e0ff'],
}
