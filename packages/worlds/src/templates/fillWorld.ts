import type { Database } from '@worldloom/db'
import {
  type EntityDefinition,
  type EntityKind,
  entities,
  image,
  type Language,
  type UsualLinkKind,
  usualLinkKindName,
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
import { type createWorld, updateWorld } from '../worlds/write.ts'
import type { Writer } from '../writer.ts'
import type { DescribedEntry, DescribedWorld } from './describedWorld.ts'

/** Stores the file of a picture. */
export type StorePicture = (svg: string, worldId: string) => Promise<StoredFile>

export interface FillOptions {
  /** The one that the world was created in: its kinds of links have their names in it. */
  readonly language: Language
  readonly storePicture: StorePicture
}

/**
 * Writes what a template says into a new world, through the same functions as people do, so that everything that follows
 * from it is there. The world keeps its own text if it has one.
 *
 * @returns the world as it is then
 */
export async function fillWorld(
  trx: Database,
  writer: Writer,
  world: Awaited<ReturnType<typeof createWorld>>,
  described: DescribedWorld,
  { language, storePicture }: FillOptions,
) {
  const filler = new WorldFiller(trx, writer, world.id, described, language)
  await filler.writeEntries()
  await filler.writeTexts()
  await filler.writeLinks()
  await filler.writePictures(storePicture)
  await filler.writeMaps()
  if (world.body) return world
  const body = filler.withMentions(described.body)
  return await updateWorld(trx, writer, { id: world.id, version: world.version, body })
}

class WorldFiller {
  readonly #trx: Database
  readonly #writer: Writer
  readonly #worldId: string
  readonly #described: DescribedWorld
  readonly #language: Language
  readonly #entries = new Map<string, AnyEntity>()
  readonly #linkKindIds = new Map<string, string>()
  readonly #written: { readonly kind: EntityKind; readonly entry: DescribedEntry }[] = []

  constructor(trx: Database, writer: Writer, worldId: string, described: DescribedWorld, language: Language) {
    this.#trx = trx
    this.#writer = writer
    this.#worldId = worldId
    this.#described = described
    this.#language = language
  }

  async writeEntries(): Promise<void> {
    for (const place of this.#described.locations) {
      await this.#create('location', place, place.inside ? { parentId: this.#idOf(place.inside, 'location') } : {})
    }
    for (const persona of this.#described.personas) await this.#create('persona', persona)
    for (const thing of this.#described.things) {
      await this.#create('thing', thing, thing.owner ? { ownerPersonaId: this.#idOf(thing.owner) } : {})
    }
    for (const story of this.#described.stories) {
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
    for (const book of this.#described.books) {
      const { id } = await this.#create('book', book)
      for (const name of book.stories)
        await addStory(this.#trx, this.#writer, { id, storyId: this.#idOf(name, 'story') })
    }
  }

  /** Texts with mentions and spoilers, once everything is there that they name. */
  async writeTexts(): Promise<void> {
    const tagIds = new Map<string, string>()
    for (const tag of this.#described.tags) {
      const { id } = await createTag(this.#trx, this.#writer, { worldId: this.#worldId, ...tag })
      tagIds.set(tag.name, id)
    }
    for (const { kind, entry } of this.#written) {
      const definition: EntityDefinition = entities[kind]
      const known = this.#entry(entry.name, kind)
      const spoilers = Object.fromEntries(
        Object.entries(entry.spoilers ?? {}).map(([field, scene]) => [field, this.#idOf(scene, 'scene')]),
      )
      const wanted = (entry.tags ?? []).flatMap((name) => tagIds.get(name) ?? [])
      const changes = {
        ...(entry.body && { body: this.withMentions(entry.body) }),
        ...(entry.spoilers && { spoilers }),
      }
      const isChanged = Object.keys(changes).length > 0
      if (!isChanged && wanted.length === 0) continue
      const version = await this.#versionOf(known.id)
      const updated = isChanged
        ? await updateEntity(this.#trx, this.#writer, definition, { id: known.id, version, ...changes })
        : { version }
      if (wanted.length > 0)
        await setTags(this.#trx, this.#writer, { id: known.id, version: updated.version, tagIds: wanted })
    }
  }

  async writeLinks(): Promise<void> {
    const kinds = await this.#trx
      .selectFrom('linkKinds')
      .where('worldId', '=', this.#worldId)
      .select(['id', 'name'])
      .execute()
    for (const { id, name } of kinds) this.#linkKindIds.set(name, id)
    for (const [from, kind, to, more] of this.#described.links)
      await this.#link(kind, this.#idOf(from), this.#idOf(to), more)
  }

  async writePictures(store: StorePicture): Promise<void> {
    const pictures = this.#described.pictures?.() ?? []
    const files = await Promise.all(pictures.map(({ svg }) => store(svg, this.#worldId)))
    for (const [index, { name, altText, description, shows }] of pictures.entries()) {
      const file = files[index]
      if (!file) continue
      const input = image.createInput.parse({ worldId: this.#worldId, name, altText, description })
      const made = await createImageWithFile(this.#trx, this.#writer, input, file, { isNameGiven: true })
      const { id } = made
      this.#entries.set(`image ${name}`, made)
      for (const shown of shows) await this.#link('picturedIn', this.#idOf(shown), id)
      const [first] = shows
      if (first) await this.#setCover(this.#entry(first), id)
    }
  }

  /** Maps of some pictures, the outer ones first. */
  async writeMaps(): Promise<void> {
    for (const { name, picture, of, unit, unitsAcross, layers, markers } of this.#described.maps ?? []) {
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
    const version = await this.#versionOf(id)
    await updateEntity(this.#trx, this.#writer, entities[kind], { id, version, coverId })
  }

  async #versionOf(id: string): Promise<number> {
    const { version } = await this.#trx
      .selectFrom('entities')
      .where('id', '=', id)
      .select('version')
      .executeTakeFirstOrThrow()
    return version
  }

  withMentions(text: string): string {
    return text.replaceAll(/\{([^}]+)\}/g, (_, name: string) => writeMention(this.#idOf(name), name))
  }

  async #create(kind: EntityKind, entry: DescribedEntry, more: object = {}): Promise<AnyEntity> {
    const { name, description, fields } = entry
    const input = entities[kind].createInput.parse({ worldId: this.#worldId, name, description, ...fields, ...more })
    const created = await createEntity(
      this.#trx,
      this.#writer,
      entities[kind],
      input as Parameters<typeof createEntity>[3],
    ) // just parsed
    this.#entries.set(`${kind} ${name}`, created)
    this.#written.push({ kind, entry })
    return created
  }

  async #link(kind: UsualLinkKind, fromId: string, toId: string, more: object = {}): Promise<void> {
    const linkKindId = this.#linkKindIds.get(usualLinkKindName(kind, this.#language))
    if (!linkKindId) throw new TypeError(`a new world has no kind of link “${kind}”`)
    await createLink(this.#trx, this.#writer, { worldId: this.#worldId, linkKindId, fromId, toId, ...more })
  }

  /** @param kind where entries of several kinds have that name */
  #entry(name: string, kind?: EntityKind): AnyEntity {
    const found = kind
      ? this.#entries.get(`${kind} ${name}`)
      : [...this.#entries.values()].find((each) => each.name === name && each.kind !== 'act')
    if (!found) throw new TypeError(`the template has no ${kind ?? 'entry'} “${name}”`)
    return found
  }

  #idOf(name: string, kind?: EntityKind): string {
    return this.#entry(name, kind).id
  }
}
