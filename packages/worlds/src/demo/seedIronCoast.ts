import { operator, type SessionPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import type { DemoUserIds } from '@worldloom/db/seed'
import {
  type EntityDefinition,
  type EntityKind,
  entities,
  image,
  permissionNames,
  thirteenMoonsCalendar,
  writeMention,
} from '@worldloom/schema'
import { addStory } from '../entities/book.ts'
import { createImageWithFile, type StoredFile } from '../entities/image.ts'
import { setCast, setThings } from '../entities/scene.ts'
import type { AnyEntity } from '../entities/select.ts'
import { createEntity, updateEntity } from '../entities/write.ts'
import { createLink } from '../records/links.ts'
import { createMap, createMarker } from '../records/maps.ts'
import { createTag, setTags } from '../records/tags.ts'
import { createWorld, updateWorld } from '../worlds/write.ts'
import type { Writer } from '../writer.ts'
import { books, ironCoast, links, locations, personas, stories, tags, things } from './ironCoast.ts'
import { demoMaps } from './maps.ts'
import { demoPictures } from './pictures.ts'

/** Stores the file of a picture. */
export type StorePicture = (svg: string, worldId: string) => Promise<StoredFile>

/**
 * Writes the demo world through the same functions as people do, so that everything that follows from it is there: Mira's,
 * shared with Ada, who may change it, and with Theo, who may read it.
 */
export async function seedIronCoast(
  db: Database,
  { ada, mira, theo }: DemoUserIds,
  storePicture: StorePicture,
): Promise<string> {
  const writer: Writer = { actor: operator, principal: ownerPrincipal(mira) }
  return await inTransaction(db, async (trx) => {
    const { name, description } = ironCoast
    const world = await createWorld(trx, writer, {
      name,
      description,
      language: 'english',
      calendar: thirteenMoonsCalendar,
    })
    const worldId = world.id
    await trx
      .insertInto('worldMembers')
      .values([
        { worldId, userId: ada, role: 'editor' },
        { worldId, userId: theo, role: 'viewer' },
      ])
      .execute()
    const seeding = new Seeding(trx, writer, worldId)
    await seeding.writeEntries()
    await seeding.writeTexts()
    await seeding.writeLinks()
    await seeding.writePictures(storePicture)
    await seeding.writeMaps()
    await updateWorld(trx, writer, { id: worldId, version: world.version, body: seeding.withMentions(ironCoast.body) })
    return worldId
  })
}

function ownerPrincipal(id: string): SessionPrincipal {
  const unknown = { email: null, emailVerified: false, displayName: '', firstName: null, lastName: null, version: 1 }
  return {
    kind: 'session',
    sessionId: id,
    user: { id, ...unknown },
    roles: [],
    permissions: new Set(permissionNames),
  }
}

/** What an entry of the demo world says. */
interface Described {
  readonly name: string
  readonly description: string
  readonly body?: string
  readonly tags?: readonly string[]
  readonly fields?: Readonly<Record<string, string | boolean>>
  readonly spoilers?: Readonly<Record<string, string>>
}

class Seeding {
  readonly #trx: Database
  readonly #writer: Writer
  readonly #worldId: string
  readonly #entries = new Map<string, AnyEntity>()
  readonly #described: { readonly kind: EntityKind; readonly entry: Described }[] = []

  constructor(trx: Database, writer: Writer, worldId: string) {
    this.#trx = trx
    this.#writer = writer
    this.#worldId = worldId
  }

  async writeEntries(): Promise<void> {
    for (const place of locations) {
      await this.#create('location', place, place.inside ? { parentId: this.#idOf(place.inside, 'location') } : {})
    }
    for (const persona of personas) await this.#create('persona', persona)
    for (const thing of things) {
      await this.#create('thing', thing, thing.owner ? { ownerPersonaId: this.#idOf(thing.owner) } : {})
    }
    for (const story of stories) {
      const { id: storyId } = await this.#create('story', story)
      for (const act of story.acts) {
        const { id: actId } = await this.#create('act', act, { storyId })
        for (const scene of act.scenes) {
          const { id } = await this.#create('scene', scene, {
            actId,
            ...(scene.place && { locationId: this.#idOf(scene.place, 'location') }),
          })
          const personaIds = (scene.cast ?? []).map((name) => this.#idOf(name, 'persona'))
          const thingIds = (scene.things ?? []).map((name) => this.#idOf(name, 'thing'))
          if (personaIds.length > 0) await setCast(this.#trx, this.#writer, { id, version: 1, personaIds })
          if (thingIds.length > 0) await setThings(this.#trx, this.#writer, { id, version: 2, thingIds })
        }
      }
    }
    for (const book of books) {
      const { id } = await this.#create('book', book)
      for (const name of book.stories)
        await addStory(this.#trx, this.#writer, { id, storyId: this.#idOf(name, 'story') })
    }
  }

  /** Texts with mentions and spoilers, once everything is there that they name. */
  async writeTexts(): Promise<void> {
    const tagIds = new Map<string, string>()
    for (const tag of tags) {
      const { id } = await createTag(this.#trx, this.#writer, { worldId: this.#worldId, ...tag })
      tagIds.set(tag.name, id)
    }
    for (const { kind, entry } of this.#described) {
      const definition: EntityDefinition = entities[kind]
      const known = this.#entry(entry.name, kind)
      const spoilers = Object.fromEntries(
        Object.entries(entry.spoilers ?? {}).map(([field, scene]) => [field, this.#idOf(scene, 'scene')]),
      )
      const changes = {
        ...(entry.body && { body: this.withMentions(entry.body) }),
        ...(entry.spoilers && { spoilers }),
      }
      const { version } = await this.#trx
        .selectFrom('entities')
        .where('id', '=', known.id)
        .select('version')
        .executeTakeFirstOrThrow()
      const updated =
        Object.keys(changes).length > 0
          ? await updateEntity(this.#trx, this.#writer, definition, { id: known.id, version, ...changes })
          : { version }
      const wanted = (entry.tags ?? []).flatMap((name) => tagIds.get(name) ?? [])
      if (wanted.length > 0)
        await setTags(this.#trx, this.#writer, { id: known.id, version: updated.version, tagIds: wanted })
    }
  }

  async writeLinks(): Promise<void> {
    for (const [from, kind, to, more] of links) await this.#link(kind, this.#idOf(from), this.#idOf(to), more)
  }

  async writePictures(store: StorePicture): Promise<void> {
    const pictures = demoPictures()
    const files = await Promise.all(pictures.map(({ svg }) => store(svg, this.#worldId)))
    for (const [index, { name, altText, description, shows }] of pictures.entries()) {
      const file = files[index]
      if (!file) continue
      const input = image.createInput.parse({ worldId: this.#worldId, name, altText, description })
      const made = await createImageWithFile(this.#trx, this.#writer, input, file, { isNameGiven: true })
      const { id } = made
      this.#entries.set(`image ${name}`, made)
      for (const shown of shows) await this.#link('pictured in', this.#idOf(shown), id)
      const [first] = shows
      if (first) await this.#setCover(this.#entry(first), id)
    }
  }

  /** Maps of some pictures, the outer ones first. */
  async writeMaps(): Promise<void> {
    for (const { name, picture, of, unit, unitsAcross, layers, markers } of demoMaps) {
      const { id: mapId } = await createMap(this.#trx, this.#writer, {
        worldId: this.#worldId,
        name,
        imageId: this.#idOf(picture, 'image'),
        locationId: this.#idOf(of, 'location'),
        layers: [...layers],
        ...(unit !== undefined && { unit, unitsAcross }),
      })
      for (const { marks, label, points, color, layerId } of markers) {
        await createMarker(this.#trx, this.#writer, {
          mapId,
          shape: points.length === 1 ? 'pin' : 'area',
          points: points.map(([x, y]) => [x, y]),
          color,
          layerId: layerId ?? null,
          ...(marks !== undefined && { entityId: this.#idOf(marks) }),
          ...(label !== undefined && { label }),
        })
      }
    }
  }

  async #setCover({ id, kind }: AnyEntity, coverId: string): Promise<void> {
    const { version } = await this.#trx
      .selectFrom('entities')
      .where('id', '=', id)
      .select('version')
      .executeTakeFirstOrThrow()
    await updateEntity(this.#trx, this.#writer, entities[kind], { id, version, coverId })
  }

  withMentions(text: string): string {
    return text.replaceAll(/\{([^}]+)\}/g, (_, name: string) => writeMention(this.#idOf(name), name))
  }

  async #create(kind: EntityKind, entry: Described, more: object = {}): Promise<AnyEntity> {
    const { name, description, fields } = entry
    const input = entities[kind].createInput.parse({ worldId: this.#worldId, name, description, ...fields, ...more })
    const created = await createEntity(
      this.#trx,
      this.#writer,
      entities[kind],
      input as Parameters<typeof createEntity>[3],
    ) // just parsed
    this.#entries.set(`${kind} ${name}`, created)
    this.#described.push({ kind, entry })
    return created
  }

  async #link(kind: string, fromId: string, toId: string, more: object = {}): Promise<void> {
    const { id: linkKindId } = await this.#trx
      .selectFrom('linkKinds')
      .where('worldId', '=', this.#worldId)
      .where('name', '=', kind)
      .select('id')
      .executeTakeFirstOrThrow()
    await createLink(this.#trx, this.#writer, { worldId: this.#worldId, linkKindId, fromId, toId, ...more })
  }

  /** @param kind where entries of several kinds have that name */
  #entry(name: string, kind?: EntityKind): AnyEntity {
    const found = kind
      ? this.#entries.get(`${kind} ${name}`)
      : [...this.#entries.values()].find((each) => each.name === name && each.kind !== 'act')
    if (!found) throw new TypeError(`the demo world has no ${kind ?? 'entry'} “${name}”`)
    return found
  }

  #idOf(name: string, kind?: EntityKind): string {
    return this.#entry(name, kind).id
  }
}
