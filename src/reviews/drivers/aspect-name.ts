import type { Text } from '../../text.ts'

const names: Readonly<Record<string, Text>> = {
  story: { en: 'Story', zh: '剧情' },
  script: { en: 'Script and dialogue', zh: '剧本与台词' },
  directing: { en: 'Directing', zh: '导演' },
  acting: { en: 'Acting', zh: '演技' },
  characters: { en: 'Characters', zh: '角色' },
  pace: { en: 'Pace', zh: '节奏' },
  visuals: { en: 'Visuals and effects', zh: '画面与特效' },
  music: { en: 'Music and sound', zh: '音乐与音效' },
  editing: { en: 'Editing', zh: '剪辑' },
  ending: { en: 'Ending', zh: '结局' },
  originality: { en: 'Originality', zh: '创意' },
  values: { en: 'Values', zh: '价值观' },
  adaptation: { en: 'Adaptation', zh: '改编' },
  subtitles: { en: 'Subtitles and dubbing', zh: '字幕与配音' },
  length: { en: 'Length', zh: '篇幅' },
  platform: { en: 'Advertising and platform', zh: '广告与平台' },
}

/** What people call an aspect; one that a user added keeps its own name. */
export const aspectName = (aspect: string): Text => names[aspect] ?? { en: aspect, zh: aspect }
