import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { archiveName, exportVault, exportWorld, importFile, vaultName } from '@worldloom/archive'
import { OperatorError } from '@worldloom/config'
import type { ImageStore } from '@worldloom/images'
import { BadInputError, idField, nameField } from '@worldloom/schema'
import { requireWorldRole } from '@worldloom/worlds'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import pLimit from 'p-limit'
import { z } from 'zod'
import type { AppContext, AppEnvironment } from '../appTypes.ts'
import { calling } from '../calling.ts'
import { contentDisposition } from '../contentDisposition.ts'
import { answering } from '../problem.ts'
import type { ContextDependencies } from '../requestContext.ts'

/** What archives are called over HTTP. */
const mediaType = 'application/zip'

/** How many archives are written and read at once: each takes a connection to the database for as long. */
const atOnce = 2
/** How many may wait for that. */
const mostWaiting = 10
/** Of the caller's limit: a whole world is read or written. */
const archiveCost = 100

/** Whether a request sends an archive, and so may be larger than others. */
export function isImport(c: AppContext): boolean {
  return c.req.path === '/api/v1/worlds/import'
}

const importQuery = z.strictObject({
  /** A new name for the world. */
  name: nameField.optional(),
})

/** Worlds as files: exported by their editors, and imported by whoever may make worlds. */
export function archiveRoutes(deps: ContextDependencies, store: ImageStore): Hono<AppEnvironment> {
  const limit = pLimit(atOnce)
  const inTurn = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    if (limit.pendingCount >= mostWaiting) {
      throw new HTTPException(503, { message: 'Many worlds are being exported and imported. Try again in a minute.' })
    }
    return await limit(run)
  }
  /** @param write writes the file and returns what it is called */
  const send = async (
    c: AppContext,
    plainName: string,
    write: (target: string, worldId: string) => Promise<string>,
  ): Promise<Response> => {
    const { db, writer } = await calling(deps, c, 'world:read', archiveCost)
    const { id } = z.object({ id: idField }).parse(c.req.param())
    // An archive has the trash in it, which editors see.
    await requireWorldRole(db, writer.principal, id, 'editor')
    return await inTurn(async () => {
      const directory = await mkdtemp(path.join(os.tmpdir(), 'worldloom-export-'))
      const clear = () => rm(directory, { recursive: true, force: true })
      try {
        const file = path.join(directory, 'world.zip')
        // As a file first: a slow download must not hold a transaction.
        const name = await write(file, id)
        const { size } = await stat(file)
        const stream = createReadStream(file)
        stream.once('close', () => void clear())
        const headers = {
          'content-type': mediaType,
          'content-length': String(size),
          'content-disposition': contentDisposition('attachment', plainName, name),
          'cache-control': 'private, no-store',
        }
        if (c.req.method === 'HEAD') {
          stream.destroy()
          return c.body(null, 200, headers)
        }
        return c.body(Readable.toWeb(stream) as ReadableStream, 200, headers) // of one standard
      } catch (error) {
        await clear()
        throw error
      }
    })
  }
  return new Hono<AppEnvironment>()
    .get('/worlds/:id/archive', (c) =>
      answering(c, () =>
        send(c, 'world.worldloom', async (target, id) => {
          const { displayName } = await exportWorld({ db: deps.db, store }, id, target)
          return archiveName(displayName)
        }),
      ),
    )
    .get('/worlds/:id/vault', (c) =>
      answering(c, () =>
        send(c, 'vault.zip', async (target, id) => {
          const { displayName } = await exportVault({ db: deps.db, store }, id, target)
          return vaultName(displayName)
        }),
      ),
    )
    .post('/worlds/import', (c) =>
      answering(c, async () => {
        const { db, writer, wrote } = await calling(deps, c, 'world:create', archiveCost)
        const { name } = importQuery.parse(c.req.query())
        const { body } = c.req.raw
        if (!c.req.header('content-type')?.startsWith(mediaType) || !body) {
          throw new HTTPException(415, { message: `Send the archive itself, as ${mediaType}.` })
        }
        const directory = await mkdtemp(path.join(os.tmpdir(), 'worldloom-import-'))
        try {
          const file = path.join(directory, 'world.zip')
          await pipeline(Readable.fromWeb(body as NodeReadableStream), createWriteStream(file, { mode: 0o600 })) // of one standard
          const made = await inTurn(async () => {
            const { actor, principal } = writer
            return await importFile({ db, store }, actor, principal.user.id, file, { ids: 'new', name })
          }).catch((error: unknown) => {
            // What is wrong with the archive is its sender's to know.
            throw error instanceof OperatorError ? new BadInputError({ archive: [error.message] }) : error
          })
          await wrote()
          return c.json(made, 201, { location: `/api/v1/worlds/${made.id}`, 'cache-control': 'private, no-cache' })
        } finally {
          await rm(directory, { recursive: true, force: true })
        }
      }),
    )
}
