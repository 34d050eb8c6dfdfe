import { existsSync } from 'node:fs'
import path from 'node:path'
import { OperatorError } from '@worldloom/config'
import { ImageStore } from '@worldloom/images'
import { countWorld } from '@worldloom/worlds'
import { Command } from 'commander'
import { writeArchive } from '../archive/writeArchive.ts'
import { withDatabase } from '../openDatabase.ts'
import { showProgress } from '../progress.ts'
import { findWorld } from '../worlds.ts'

interface Options {
  readonly out?: string
  readonly owner?: string
  readonly force?: true
  readonly json?: true
}

export function exportWorldCommand(): Command {
  return new Command('export-world')
    .description('Writes a world into one file: everything in it, also in its trash, and its images.')
    .argument('<world>', 'its id, or its name together with --owner')
    .option('--owner <person>', 'whose world it is: their address or id')
    .option('--out <file>', 'where to; <name>.worldloom here otherwise')
    .option('--force', 'write over a file that is there')
    .option('--json', 'print what was written as JSON')
    .action(async (world: string, options: Options) => {
      const written = await withDatabase(async ({ db }, config) => {
        const found = await findWorld(db, world, options.owner)
        const target = path.resolve(options.out ?? `${fileName(found.name)}.worldloom`)
        if (existsSync(target) && !options.force) {
          throw new OperatorError(`${target} is there already. Say --force to write over it, or --out for another.`)
        }
        const progress = showProgress('Exporting', await countWorld(db, found.id))
        try {
          const store = new ImageStore(config)
          await db
            .transaction()
            .setIsolationLevel('repeatable read')
            .setAccessMode('read only')
            .execute((trx) => writeArchive(trx, store, found.id, target, progress.advance))
        } finally {
          progress.stop()
        }
        return { id: found.id, name: found.name, file: target }
      })
      if (options.json) console.log(JSON.stringify(written))
      else console.log(`Wrote “${written.name}” to ${written.file}.`)
    })
}

/** A name that every file system takes. */
function fileName(name: string): string {
  return (
    name
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .slice(0, 100) || 'world'
  )
}
