import { access, mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { InputError } from '../errors.ts'
import { layoutOf } from '../project/layout.ts'
import { about, note, question } from '../question.ts'

const template = `# Marquee project. How to write it: docs/how-to/map-a-file.md
version: 1
sources: []
`

const ignore = `.marquee/
marquee.key
`

/** Makes an empty project folder. @throws InputError when there is one already. */
export const init = question({
  name: 'init',
  summary: { en: 'start a project folder', zh: '新建项目文件夹' },
  examples: ['marquee init my-audience'],
  parameters: z.object({
    folder: z.string().meta(about('The folder to make', '要新建的文件夹', { position: 0 })),
  }),
  result: z.object({ folder: z.string(), notes: z.array(note) }),
  async ask(context, { folder }) {
    const path = resolve(context.folder, folder)
    const layout = layoutOf(path)
    const exists = await access(layout.settings).then(
      () => true,
      () => false,
    )
    if (exists) {
      throw new InputError(
        { en: 'There is a project here already.', zh: '此处已有项目。' },
        {
          code: 'project-exists',
          value: folder,
          advice: {
            en: 'Use it with --project, or choose another folder.',
            zh: '请用 --project 使用该项目，或另选文件夹。',
          },
        },
      )
    }
    await mkdir(path, { recursive: true })
    await writeFile(layout.settings, template)
    await writeFile(join(path, '.gitignore'), ignore, { flag: 'a' })
    return {
      folder: path,
      notes: [
        {
          en: `Made ${folder}. Next: cd ${folder} && marquee add FILE...`,
          zh: `已新建 ${folder}。下一步：cd ${folder} && marquee add 文件...`,
        },
      ],
    }
  },
})
