import { randomUUID } from 'node:crypto'
import { operator } from '@worldloom/auth'
import { inTransaction } from '@worldloom/db'
import { ImageStore, restoreImage } from '@worldloom/images'
import { BadInputError, nameField } from '@worldloom/schema'
import { importWorld } from '@worldloom/worlds'
import { Command, Option } from 'commander'
import { Archive } from '../archive/openArchive.ts'
import { withDatabase } from '../openDatabase.ts'
import { findPerson } from '../people.ts'
import { showProgress } from '../progress.ts'

interface Options {
  readonly owner: string
  readonly ids: 'keep' | 'new'
  readonly name?: string
  readonly json?: true
}

export function importWorldCommand(): Command {
  return new Command('import-world')
    .description('Import a world from a file written by export-world: all of it, or nothing.')
    .argument('<file>', 'the archive')
    .requiredOption('--owner <person>', 'the new owner: e-mail address or id')
    .addOption(
      new Option('--ids <which>', 'keep those of the archive, or give new ones, for a copy beside the original')
        .choices(['keep', 'new'])
        .default('keep'),
    )
    .option('--name <name>', 'a new name for the world')
    .option('--json', 'print the imported world as JSON')
    .action(async (file: string, options: Options) => {
      const name = options.name === undefined ? undefined : nameField.parse(options.name)
      const archive = await Archive.open(file)
      try {
        const made = await withDatabase(async ({ db }, config) => {
          const owner = await findPerson(db, options.owner)
          const store = new ImageStore(config)
          const keys: string[] = []
          const progress = showProgress('Importing', archive.entries)
          const source = {
            world: () => archive.world(),
            has: (file: string) => archive.has(file),
            rows: (file: string) => archive.rows(file),
            storeImage: async (id: string, worldId: string) => {
              const { files, ...about } = await restored(id, await archive.image(id))
              const fileKey = `${worldId}/${randomUUID()}`
              keys.push(fileKey)
              await store.put(fileKey, files)
              return { fileKey, ...about }
            },
          }
          try {
            return await inTransaction(db, (trx) =>
              importWorld(trx, operator, owner.id, source, { ids: options.ids, name, onProgress: progress.advance }),
            )
          } catch (error) {
            // Files that can't be removed now are swept later.
            await Promise.allSettled(keys.map((key) => store.delete(key)))
            throw error
          } finally {
            progress.stop()
          }
        })
        if (options.json) console.log(JSON.stringify(made))
        else console.log(`Imported “${made.name}” with ${made.entities.toLocaleString('en')} entries: ${made.id}.`)
      } finally {
        archive.close()
      }
    })
}

async function restored(id: string, bytes: Buffer) {
  try {
    return await restoreImage(bytes)
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error
    throw new BadInputError({ [`images/${id}`]: [error.message] })
  }
}
