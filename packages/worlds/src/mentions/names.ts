import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import {
  BadInputError,
  type EntityDefinition,
  type FoundName,
  type mentionApplyInput,
  writeMention,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { findEntity } from '../entities/read.ts'
import type { AnyEntity } from '../entities/select.ts'
import { updateEntity } from '../entities/write.ts'
import { findDefinition } from '../records/tags.ts'
import type { Writer } from '../writer.ts'
import { mentioningFields } from './keep.ts'
import { linksIn, proseOf } from './parse.ts'

/** Names of more words are not looked for. */
const maxWords = 6
/** More than this is not shown, and not applied, at once. */
const maxFound = 1000
const around = 60
const perStatement = 5000

/**
 * The names of entries in the texts of an entry that are not mentions yet. Where one name is within another, the longer
 * counts; names of several entries are left out, as it is not known which is meant.
 *
 * @throws {NotFoundError}
 */
export async function findNames(
  db: Database,
  principal: KnownPrincipal,
  id: string,
): Promise<{ version: number; items: FoundName[]; isCut: boolean }> {
  const definition = await findDefinition(db, principal, id)
  const entity = await findEntity(db, principal, definition, id)
  const found = await namesIn(db, definition, entity)
  return { version: entity.version, items: found.slice(0, maxFound), isCut: found.length > maxFound }
}

/**
 * Turns names into mentions, in one change.
 *
 * @param names which of the found ones; all, if omitted
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 * @throws {BadInputError} for a name that is not there
 */
export async function applyNames(
  db: Database,
  writer: Writer,
  { id, version, names }: z.output<typeof mentionApplyInput>,
): Promise<{ version: number; mentions: number }> {
  return await inTransaction(db, async (trx) => {
    const definition = await findDefinition(trx, writer.principal, id)
    const entity = await findEntity(trx, writer.principal, definition, id)
    if (entity.version !== version) {
      // Refused with the present state, as any change to an older version.
      await updateEntity(trx, writer, definition, { id, version, merge: false })
    }
    const found = (await namesIn(trx, definition, entity)).slice(0, maxFound)
    const isWanted = ({ field, start, entry }: FoundName) =>
      !names || names.some((each) => each.field === field && each.start === start && each.entryId === entry.id)
    const wanted = found.filter(isWanted)
    if (names && wanted.length < names.length) {
      throw new BadInputError({ names: ['Not all of these are in the texts of this version'] })
    }
    if (wanted.length === 0) return { version, mentions: 0 }
    const texts = textsOf(definition, entity)
    for (const { field, start, text, entry } of wanted.toSorted((one, other) => other.start - one.start)) {
      const before = texts.get(field) ?? ''
      texts.set(field, before.slice(0, start) + writeMention(entry.id, text) + before.slice(start + text.length))
    }
    const changed = new Set(wanted.map(({ field }) => field))
    for (const field of changed) requireFits(definition, field, texts.get(field) ?? '')
    const fields = Object.fromEntries([...texts].filter(([field]) => changed.has(field)))
    const updated = await updateEntity(trx, writer, definition, { ...fields, id, version })
    return { version: updated.version, mentions: wanted.length }
  })
}

/** Mentions are longer than names. @throws {BadInputError} */
function requireFits({ updateInput }: EntityDefinition, field: string, text: string): void {
  const result = updateInput.partial().safeParse({ [field]: text })
  const [issue] = result.error?.issues ?? []
  if (issue) throw new BadInputError({ [field]: [`With these mentions it would be too long: ${issue.message}`] })
}

function textsOf(definition: EntityDefinition, entity: AnyEntity): Map<string, string> {
  const values = new Map<string, unknown>(Object.entries(entity))
  return new Map(mentioningFields(definition).map((field) => [field, String(values.get(field) ?? '')]))
}

interface Candidate {
  readonly field: string
  readonly start: number
  readonly end: number
  readonly key: string
}

async function namesIn(db: Database, definition: EntityDefinition, entity: AnyEntity): Promise<FoundName[]> {
  const texts = textsOf(definition, entity)
  const candidates = [...texts].flatMap(([field, text]) => candidatesIn(field, text))
  const byKey = await entriesByName(db, entity, new Set(candidates.map(({ key }) => key)))
  const found: FoundName[] = []
  // The longest first, from left to right.
  let end = 0
  let inField = ''
  for (const candidate of candidates) {
    if (candidate.field !== inField) [inField, end] = [candidate.field, 0]
    const entry = byKey.get(candidate.key)
    if (!entry || candidate.start < end) continue
    const text = texts.get(candidate.field) ?? ''
    found.push({
      field: candidate.field,
      start: candidate.start,
      text: text.slice(candidate.start, candidate.end),
      before: text.slice(Math.max(0, candidate.start - around), candidate.start).toWellFormed(),
      after: text.slice(candidate.end, candidate.end + around).toWellFormed(),
      entry,
    })
    end = candidate.end
  }
  return found
}

const wordPattern = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*/gu

/** What could be a name, in order: at each word the longest first. A name begins with a capital letter, or with one of a script without. */
function candidatesIn(field: string, text: string): Candidate[] {
  if (text === '') return []
  const links = linksIn(text)
  const candidates: Candidate[] = []
  for (const { start, end } of proseOf(text)) {
    const words = [...text.slice(start, end).matchAll(wordPattern)]
      .map(({ index, 0: word }) => ({ start: start + index, end: start + index + word.length, word }))
      .filter((word) => !links.some((link) => link.start < word.end && word.start < link.end))
    for (const [index, first] of words.entries()) {
      if (/^\p{Ll}/u.test(first.word)) continue
      for (let count = Math.min(maxWords, words.length - index); count > 0; count--) {
        const last = words[index + count - 1]
        if (!last) continue
        const name = text.slice(first.start, last.end)
        // Words of one name have nothing but spaces between them.
        if (/[^\p{L}\p{N}\p{M}'’\s-]|\n\s*\n/u.test(name)) continue
        candidates.push({ field, start: first.start, end: last.end, key: name.replaceAll(/\s+/gu, ' ').toLowerCase() })
      }
    }
  }
  return candidates
}

async function entriesByName(
  db: Database,
  { id, worldId }: AnyEntity,
  keys: ReadonlySet<string>,
): Promise<Map<string, FoundName['entry']>> {
  const found = new Map<string, FoundName['entry'][]>()
  const all = [...keys]
  for (let start = 0; start < all.length; start += perStatement) {
    const some = all.slice(start, start + perStatement)
    // search_documents_name_key_idx
    const { rows } = await sql<FoundName['entry'] & { key: string }>`
      select wanted.key, entities.id, entities.kind, entities.name, entities.display_name as "displayName"
      from unnest(${some}::text[]) as wanted (key)
      cross join unnest(enum_range(null::entity_kind)) as of_kind
      join search_documents document on document.world_id = ${worldId} and document.kind = of_kind
        and document.name_key = folded(wanted.key) and not document.is_deleted
      join entities on entities.id = document.entity_id
      where lower(entities.name) = wanted.key and entities.id <> ${id}`.execute(db)
    for (const { key, ...entry } of rows) found.set(key, [...(found.get(key) ?? []), entry])
  }
  // Of several with one name it is not known which is meant.
  return new Map(
    [...found].flatMap(([key, [entry, ...others]]) => (entry && others.length === 0 ? [[key, entry] as const] : [])),
  )
}
