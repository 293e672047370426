import { InputError } from '../../errors.ts'
import { foldTokens } from '../../language/fold.ts'
import { nearest } from '../../nearest.ts'
import type { Figure } from './cast.ts'
import type { GivenName } from './name-list.ts'

const keyOf = (name: string) => foldTokens(name).join(' ')

/**
 * Names as a person gives them, `鬼鬼=吴映洁`, each of a figure by one of its names; of a character before the person of that name.
 * @throws InputError `alias-without-name` or `unknown-name`
 */
export function givenNames(aliases: readonly string[], figures: readonly Figure[]): GivenName[] {
  return aliases.map((alias) => {
    const [text = '', name = '', ...more] = alias.split('=').map((part) => part.trim())
    if (text === '' || name === '' || more.length > 0) {
      throw new InputError(
        { en: `“${alias}” is no nickname with a name.`, zh: `“${alias}”不是“昵称=姓名”的形式。` },
        {
          code: 'alias-without-name',
          value: alias,
          advice: {
            en: 'Write NICKNAME=NAME, as in Dany=Daenerys Targaryen.',
            zh: '请写作“昵称=姓名”，如“鬼鬼=吴映洁”。',
          },
        },
      )
    }
    const figure = figures.findIndex(({ names }) => names.some((one) => keyOf(one) === keyOf(name)))
    if (figure >= 0) return { text, figure }
    const near = nearest(
      name,
      figures.flatMap(({ names }) => names),
    )
    throw new InputError(
      { en: `Nobody in the credits is called “${name}”.`, zh: `演职员表中没有“${name}”。` },
      {
        code: 'unknown-name',
        value: name,
        ...(near === undefined ? {} : { advice: { en: `Did you mean ${near}?`, zh: `您要找的是否为“${near}”？` } }),
      },
    )
  })
}
