import { afterEach, beforeEach, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { makeProject, type TestProject } from '../../support/project.ts'

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
})
afterEach(() => project.remove())

const columns = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { from: name }]))

it('names the people and characters of the work that each review is of, and reads all anew when the credits change', async () => {
  const sources = [
    {
      name: 'credits',
      kind: 'credit',
      files: ['credits.csv'],
      columns: columns(['title', 'person', 'role', 'character']),
    },
    { name: 'club', kind: 'review', files: ['reviews.csv'], columns: columns(['title', 'text']) },
  ]
  await project.write('marquee.yaml', stringify({ sources }))
  const credits = ['title,person,role,character', 'Dusk,Ada Quill,actor,Captain Rook', 'Dawn,Bo Quill,actor,Mira']
  await project.write('credits.csv', credits.join('\n'))
  await project.write(
    'reviews.csv',
    ['title,text', 'Dusk,Quill is superb', 'Dawn,"Quill is awful, but Mira is charming"', 'Noon,Quill is superb'].join(
      '\n',
    ),
  )
  const found = async () => {
    await project.ask('build')
    const { rows } = await project.ask<{ rows: { name: string; target: string | null; opinion: number }[] }>(
      'query',
      'SELECT t.name, target, sign(opinion) AS opinion FROM review_aspect JOIN title t USING (title_id) WHERE opinion <> 0 ORDER BY t.name, clause',
    )
    return rows.map(({ name, target, opinion }) => [name, target, opinion])
  }
  const named = [
    ['Dawn', 'Bo Quill', -1],
    ['Dawn', 'Mira', 1],
    ['Dusk', 'Ada Quill', 1],
    ['Noon', null, 1],
  ]
  expect(await found()).toEqual(named)
  await project.write('credits.csv', credits.join('\n').replace('Ada Quill', 'Eva Quill'))
  expect(await found()).toEqual(named.map((row) => row.map((one) => (one === 'Ada Quill' ? 'Eva Quill' : one))))
})
