import { importFile } from '@worldloom/archive'
import { operator } from '@worldloom/auth'
import { ImageStore } from '@worldloom/images'
import { nameField } from '@worldloom/schema'
import { Command, Option } from 'commander'
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
    .description(
      'Import a world from a file written by export-world, or a zip of Markdown files: all of it, or nothing.',
    )
    .argument('<file>', 'the archive, or the zip')
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
      const made = await withDatabase(async ({ db }, config) => {
        const owner = await findPerson(db, options.owner)
        let progress: ReturnType<typeof showProgress> | undefined
        try {
          return await importFile({ db, store: new ImageStore(config) }, operator, owner.id, file, {
            ids: options.ids,
            name,
            onOpened: (entries) => {
              progress = showProgress('Importing', entries)
            },
            onProgress: (rows) => progress?.advance(rows),
          })
        } finally {
          progress?.stop()
        }
      })
      if (options.json) console.log(JSON.stringify(made))
      else console.log(`Imported “${made.name}” with ${made.entities.toLocaleString('en')} entries: ${made.id}.`)
    })
}
