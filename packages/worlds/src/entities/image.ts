import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import { image, NotFoundError, TakenError } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { changeOf, previousOf, recordChanges } from '../changes/record.ts'
import type { Writer } from '../writer.ts'
import { lockForChange } from './lock.ts'
import { findEntity } from './read.ts'
import type { EntityRow } from './select.ts'
import { createEntity, touchEntity } from './write.ts'

export type Image = EntityRow<typeof image>

/** Metadata of an image's file. */
export interface StoredFile {
  /** Its key in the image store. */
  readonly fileKey: string
  readonly mediaType: string
  readonly width: number
  readonly height: number
  readonly byteSize: number
  readonly checksum: string
}

/**
 * Sets or replaces an image's file.
 *
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 */
export async function setImageFile(
  db: Database,
  { actor, principal }: Writer,
  { id, version }: { readonly id: string; readonly version: number },
  file: StoredFile,
): Promise<Image> {
  return await inTransaction(db, async (trx) => {
    const before = await lockForChange(trx, principal, image, id, { version })
    await trx.updateTable('images').set(file).where('id', '=', id).execute()
    await touchEntity(trx, id)
    const updated = await findEntity<Image>(trx, principal, image, id)
    await recordChanges(trx, actor, before.worldId, [changeOf('update', updated, previousOf(before, updated))])
    return updated
  })
}

/** @throws {NotFoundError} also if nothing has been uploaded yet */
export async function findImageFile(
  db: Database,
  principal: KnownPrincipal,
  id: string,
): Promise<StoredFile & { readonly name: string }> {
  const { name } = await findEntity(db, principal, image, id)
  const file = await db
    .selectFrom('images')
    .select(['fileKey', 'mediaType', 'width', 'height', 'byteSize', 'checksum'])
    .where('id', '=', id)
    .where('fileKey', 'is not', null)
    .$narrowType<StoredFile>()
    .executeTakeFirstOrThrow(() => new NotFoundError('file'))
  return { ...file, name }
}

/** Which of the store's keys belong to images, including those in the trash. */
export async function usedFileKeys(db: Database, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set()
  const rows = await db.selectFrom('images').select('fileKey').where('fileKey', 'in', keys).execute()
  return new Set(rows.flatMap(({ fileKey }) => fileKey ?? []))
}

/**
 * Creates an image together with its file. Without a name it is called like the file, with a number if that is taken.
 *
 * @throws as {@link createEntity}
 */
export async function createImageWithFile(
  db: Database,
  writer: Writer,
  input: z.output<typeof image.createInput>,
  file: StoredFile,
  { isNameGiven }: { readonly isNameGiven: boolean },
): Promise<Image> {
  for (let attempt = 1; ; attempt++) {
    const name = attempt === 1 ? input.name : `${input.name} ${attempt}`
    try {
      return await inTransaction(db, async (trx) => {
        const { id, version } = await createEntity(trx, writer, image, { ...input, name })
        return await setImageFile(trx, writer, { id, version }, file)
      })
    } catch (error) {
      if (isNameGiven || attempt === 50 || !(error instanceof TakenError)) throw error
    }
  }
}

/** The image whose smaller sizes are to be made next: the latest, since that is what somebody looks at. */
export async function findImageWithoutSizes(db: Database, tried: readonly string[]): Promise<string | undefined> {
  const row = await db
    .selectFrom('images')
    .where('sizeAttemptsLeft', '>', 0)
    .where('id', '<>', sql<string>`all(${[...tried]}::uuid[])`)
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** Takes one of the attempts to make an image's smaller sizes. @returns its file; undefined if that has been done meanwhile */
export async function claimImageWithoutSizes(db: Database, id: string): Promise<string | undefined> {
  const claimed = await db
    .updateTable('images')
    .set((eb) => ({ sizeAttemptsLeft: eb('sizeAttemptsLeft', '-', 1) }))
    .where('id', '=', id)
    .where('sizeAttemptsLeft', '>', 0)
    .returning('fileKey')
    .executeTakeFirst()
  return claimed?.fileKey ?? undefined
}

/** Says that there are all sizes of a file, if it is still the image's. */
export async function settleImageSizes(db: Database, id: string, fileKey: string): Promise<void> {
  await db
    .updateTable('images')
    .set({ sizeAttemptsLeft: 0 })
    .where('id', '=', id)
    .where('fileKey', '=', fileKey)
    .execute()
}
