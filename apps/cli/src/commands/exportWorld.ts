import { existsSync } from 'node:fs'
import path from 'node:path'
import { archiveName, exportVault, exportWorld, vaultName } from '@worldloom/archive'
import { OperatorError } from '@worldloom/config'
import { ImageStore } from '@worldloom/images'
import { countWorld } from '@worldloom/worlds'
import { Command } from 'commander'
import { withDatabase } from '../openDatabase.ts'
import { showProgress } from '../progress.ts'
import { findWorld } from '../worlds.ts'

interface Options {
  readonly out?: string
  readonly owner?: string
  readonly force?: true
  readonly markdown?: true
  readonly json?: true
}

export function exportWorldCommand(): Command {
  return new Command('export-world')
    .description('Export a world to one file, with its trash and its images.')
    .argument('<world>', 'the world’s id, or its name with --owner')
    .option('--owner <person>', 'the world’s owner: e-mail address or id')
    .option('--out <file>', 'the file to write (default: <name>.worldloom, or <name>.zip for Markdown)')
    .option('--markdown', 'write Markdown files, as for Obsidian, without the trash and the maps')
    .option('--force', 'overwrite an existing file')
    .option('--json', 'print the file’s name as JSON')
    .action(async (world: string, options: Options) => {
      const written = await withDatabase(async ({ db }, config) => {
        const found = await findWorld(db, world, options.owner)
        const target = path.resolve(options.out ?? (options.markdown ? vaultName : archiveName)(found.name))
        if (existsSync(target) && !options.force) {
          throw new OperatorError(`${target} is there already. Use --force to overwrite it, or --out for another file.`)
        }
        const progress = showProgress('Exporting', await countWorld(db, found.id))
        try {
          const deps = { db, store: new ImageStore(config) }
          if (options.markdown) await exportVault(deps, found.id, target)
          else await exportWorld(deps, found.id, target, progress.advance)
        } finally {
          progress.stop()
        }
        return { id: found.id, name: found.name, file: target }
      })
      if (options.json) console.log(JSON.stringify(written))
      else console.log(`Wrote “${written.name}” to ${written.file}.`)
    })
}
