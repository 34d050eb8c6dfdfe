import { requirePermission } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import type { Language, WorldTemplate, worldCreateInput } from '@worldloom/schema'
import type { z } from 'zod'
import { ironCoast } from '../demo/ironCoast.ts'
import { createWorld } from '../worlds/write.ts'
import type { Writer } from '../writer.ts'
import { campaign } from './campaign.ts'
import { catalogs } from './catalogs.ts'
import type { DescribedWorld } from './describedWorld.ts'
import { type FillOptions, fillWorld } from './fillWorld.ts'
import { novel } from './novel.ts'

const templates: Readonly<Record<WorldTemplate, (language: Language) => DescribedWorld>> = {
  novel: (language) => novel(catalogs[language]),
  campaign: (language) => campaign(catalogs[language]),
  // A work of fiction: in English alone.
  example: () => ironCoast,
}

const writtenIn: Readonly<Record<Language, 'english' | 'german'>> = { en: 'english', de: 'german' }

/**
 * Creates a world, filled with what a template says. What is given beside the template replaces what it says of the world.
 *
 * @throws {NotPermittedError} if they may not create entries
 * @throws as `createWorld`
 */
export async function createWorldFrom(
  db: Database,
  writer: Writer,
  { template, ...given }: z.output<typeof worldCreateInput>,
  options: FillOptions,
) {
  const { language } = options
  if (!template) return await createWorld(db, writer, given, language)
  requirePermission(writer.principal, 'entity:create')
  requirePermission(writer.principal, 'entity:update')
  const described = templates[template](language)
  return await inTransaction(db, async (trx) => {
    const { description, calendar, language: textLanguage = writtenIn[language] } = described
    const world = await createWorld(
      trx,
      writer,
      {
        language: textLanguage,
        ...(calendar && { calendar }),
        ...given,
        description: given.description || description,
      },
      language,
    )
    return await fillWorld(trx, writer, world, described, options)
  })
}
