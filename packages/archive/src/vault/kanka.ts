/**
 * A campaign that Kanka exported: a zip with `campaign.json`, a JSON file for each entity in a folder of its module, and the
 * gallery. https://github.com/owlchester/kanka (app/Services/Campaign/Import)
 */
import { OperatorError } from '@worldloom/config'
import type { EntityKind } from '@worldloom/schema'
import TurndownService from 'turndown'
import { z } from 'zod'
import { fileNameOf } from './fileNames.ts'
import type { VaultNote } from './note.ts'
import type { ZipFiles } from './openZip.ts'

const largestFile = 8 * 1024 * 1024
/** As many kinds of links as a world can have, less those that are there in any case. */
const mostRelations = 180

/** What the modules become. Tags are no entries; what is not named here becomes things. */
const kindsOfModules: Readonly<Record<string, EntityKind>> = {
  characters: 'persona',
  families: 'persona',
  organisations: 'persona',
  creatures: 'persona',
  locations: 'location',
  quests: 'story',
}

const id = z.coerce.number().int()
const text = z.string().nullish().catch(undefined)
const list = <Item extends z.ZodType>(item: Item) => z.array(item).nullish().catch(undefined)

const entitySchema = z.looseObject({
  id,
  name: z.string(),
  entry: text,
  type: text,
  title: text,
  age: z.coerce.string().nullish().catch(undefined),
  sex: text,
  pronouns: text,
  price: text,
  date: text,
  location_id: id.nullish().catch(undefined),
  parent_id: id.nullish().catch(undefined),
  character_id: id.nullish().catch(undefined),
  characterTraits: list(z.looseObject({ name: z.string(), entry: text })),
  characterFamilies: list(z.looseObject({ family_id: id })),
  characterRaces: list(z.looseObject({ race_id: id })),
  organisationMemberships: list(z.looseObject({ organisation_id: id, role: text })),
  entity: z.looseObject({
    id,
    entry: text,
    type: text,
    tooltip: text,
    image_uuid: text,
    image_path: text,
    posts: list(z.looseObject({ name: text, entry: text })),
    entityAttributes: list(z.looseObject({ name: z.string(), value: z.coerce.string().nullish() })),
    entityTags: list(z.looseObject({ tag_id: id })),
    entityLocations: list(z.looseObject({ location_id: id })),
    relationships: list(z.looseObject({ target_id: id, relation: text })),
  }),
})
const campaignSchema = z.looseObject({ name: z.string(), entry: text })
const imageSchema = z.looseObject({ id: z.string(), name: text, ext: text })

type KankaEntity = z.output<typeof entitySchema>

interface Found {
  readonly module: string
  readonly path: string
  readonly data: KankaEntity
}

export function isKanka(paths: readonly string[]): boolean {
  return paths.includes('campaign.json') && paths.some((path) => /^[a-z_]+\/[^/]+\.json$/.test(path))
}

/** @returns its entities as notes @throws {OperatorError} if a file is no JSON, or too large */
export async function readKanka(files: ZipFiles): Promise<VaultNote[]> {
  const read = async (path: string): Promise<unknown> => {
    try {
      return JSON.parse((await files.bytes(path, largestFile)).toString('utf8'))
    } catch (error) {
      throw error instanceof SyntaxError ? new OperatorError(`${path} is no JSON.`) : error
    }
  }
  const campaign = campaignSchema.safeParse(await read('campaign.json'))
  if (!campaign.success) throw new OperatorError('campaign.json has no name of a campaign in it.')
  const found: Found[] = []
  const images: { readonly path: string; readonly file: string; readonly name: string }[] = []
  for (const path of files.paths.filter((each) => /^[^/]+\/[^/]+\.json$/.test(each) && !each.startsWith('settings/'))) {
    const [module = ''] = path.split('/')
    const content = await read(path)
    if (module === 'gallery') {
      const image = imageSchema.safeParse(content)
      const file = image.success ? `gallery/${image.data.id}.${image.data.ext}` : ''
      if (image.success && files.has(file)) {
        images.push({ file, name: image.data.name ?? image.data.id, path: `Images/${image.data.id}` })
      }
      continue
    }
    const { success, data } = entitySchema.safeParse(content)
    // Of another shape: a module that has no entities.
    if (success) found.push({ module, data, path: `${module}/${fileNameOf(data.name)} ${data.id}` })
  }
  return new KankaNotes(campaign.data, found, files).write(images)
}

class KankaNotes {
  readonly #campaign: z.output<typeof campaignSchema>
  readonly #found: readonly Found[]
  readonly #files: ZipFiles
  /** The files of the gallery, by the ids of images. */
  readonly #gallery: ReadonlyMap<string, string>
  /** By the id of the entity, and by that of its module. */
  readonly #byEntity: ReadonlyMap<number, Found>
  readonly #byModule: ReadonlyMap<string, Found>
  readonly #relations: ReadonlySet<string>
  readonly #turndown: TurndownService

  constructor(campaign: z.output<typeof campaignSchema>, found: readonly Found[], files: ZipFiles) {
    this.#campaign = campaign
    this.#found = found
    this.#files = files
    const pictures = files.paths.filter((path) => path.startsWith('gallery/') && !path.endsWith('.json'))
    this.#gallery = new Map(pictures.map((path) => [path.slice('gallery/'.length).replace(/\.[^.]*$/, ''), path]))
    this.#byEntity = new Map(found.map((each) => [each.data.entity.id, each]))
    this.#byModule = new Map(found.map((each) => [`${each.module} ${each.data.id}`, each]))
    const names = found.flatMap(
      ({ data }) => data.entity.relationships?.flatMap(({ relation }) => nameOf(relation) ?? []) ?? [],
    )
    this.#relations = new Set(names.slice(0, 100_000).map((name) => name.toLowerCase()))
    this.#turndown = new TurndownService({
      headingStyle: 'atx',
      bulletListMarker: '-',
      codeBlockStyle: 'fenced',
      emDelimiter: '*',
    })
    this.#turndown.remove(['script', 'style'])
    this.#turndown.addRule('mention', {
      filter: (node) => elementOf(node).nodeName === 'SPAN' && elementOf(node).getAttribute('data-entity') !== null,
      replacement: (content, node) => {
        const target = this.#byEntity.get(Number(elementOf(node).getAttribute('data-entity')))
        const words = content.replaceAll(/[[\]|\n]/g, ' ').trim()
        return target ? `[[${target.path}|${words || target.data.name}]]` : words
      },
    })
    this.#turndown.addRule('gallery', {
      filter: (node) => elementOf(node).nodeName === 'IMG' && elementOf(node).getAttribute('data-gallery-id') !== null,
      replacement: (_, node) => {
        const element = elementOf(node)
        const path = this.#gallery.get(element.getAttribute('data-gallery-id') ?? '')
        const words = (element.getAttribute('alt') ?? '').replaceAll(/[[\]|\n]/g, ' ').trim()
        return path ? `![[${path}${words ? `|${words}` : ''}]]` : words
      },
    })
  }

  write(images: readonly { readonly path: string; readonly file: string; readonly name: string }[]): VaultNote[] {
    const world: VaultNote = {
      path: 'World',
      properties: {
        kind: 'world',
        name: this.#campaign.name,
        linkKinds: [...this.#relations].slice(0, mostRelations).map((name) => ({
          ...{ name, inverseName: `${name} of`.slice(0, 100), isSymmetric: false, fromKinds: [], toKinds: [] },
          ...{ cardinality: 'manyToMany', isAcyclic: false, meaning: null },
        })),
      },
      text: this.#markdown(this.#campaign.entry),
    }
    return [
      world,
      ...images.map(({ path, file, name }) => ({
        path,
        properties: { kind: 'image', name, file: `[[${file}]]` },
        text: '',
      })),
      ...this.#found.filter(({ module }) => module !== 'tags').map((each) => this.#note(each)),
    ]
  }

  #note({ module, path, data }: Found): VaultNote {
    const { entity } = data
    const kind = kindsOfModules[module] ?? 'thing'
    const sort = nameOf(data.type) ?? nameOf(entity.type)
    const locationIds = [data.location_id, ...(entity.entityLocations?.map(({ location_id }) => location_id) ?? [])]
    const locations = locationIds.flatMap((each) => this.#link('locations', each) ?? [])
    const parent = this.#link(module, data.parent_id)
    const isLocation = kind === 'location'
    return {
      path,
      properties: {
        kind,
        name: data.name,
        description: plain(entity.tooltip),
        cover: this.#cover(entity),
        tags: entity.entityTags?.flatMap(({ tag_id }) => this.#byModule.get(`tags ${tag_id}`)?.data.name ?? []),
        ...(kind === 'persona' && { epithet: data.title ?? undefined, pronouns: data.pronouns ?? undefined }),
        ...(isLocation && { locationKind: sort, location: parent ?? locations[0] }),
        ...(kind === 'thing' && {
          thingKind: sort ?? singular(module),
          ownerPersonaId: this.#link('characters', data.character_id),
        }),
        // What there are no fields for is kept in the text.
        ...(kind !== 'thing' &&
          !isLocation && { Sort: sort ?? (module === 'characters' ? undefined : singular(module)) }),
        Age: data.age ?? undefined,
        Gender: data.sex ?? undefined,
        Price: data.price ?? undefined,
        Date: data.date ?? undefined,
        Place: isLocation ? undefined : locations,
        'Part of': isLocation ? undefined : parent,
        Families: data.characterFamilies?.flatMap(({ family_id }) => this.#link('families', family_id) ?? []),
        Races: data.characterRaces?.flatMap(({ race_id }) => this.#link('races', race_id) ?? []),
        Organisations: data.organisationMemberships?.flatMap(({ organisation_id, role }) => {
          const link = this.#link('organisations', organisation_id)
          return link ? [role ? `${link} (${role})` : link] : []
        }),
        ...Object.fromEntries(entity.entityAttributes?.map(({ name, value }) => [name, this.#line(value)]) ?? []),
        links: entity.relationships?.flatMap(({ target_id, relation }) => {
          const target = this.#byEntity.get(target_id)
          const name = nameOf(relation)?.toLowerCase()
          return target && name ? [{ kind: name, to: `[[${target.path}]]` }] : []
        }),
      },
      text: [
        this.#markdown(data.entry ?? entity.entry),
        ...(data.characterTraits?.map(({ name, entry }) => `- **${name}:** ${this.#line(entry)}`) ?? []),
        ...(entity.posts?.map(({ name, entry }) => `## ${nameOf(name) ?? 'Note'}\n\n${this.#markdown(entry)}`) ?? []),
      ]
        .filter((part) => part.trim() !== '')
        .join('\n\n'),
    }
  }

  #link(module: string, given: number | null | undefined): string | undefined {
    const target = given ? this.#byModule.get(`${module} ${given}`) : undefined
    return target && `[[${target.path}|${target.data.name.replaceAll(/[[\]|\n]/g, ' ')}]]`
  }

  #cover({ image_uuid, image_path }: KankaEntity['entity']): string | undefined {
    const file = image_uuid ? this.#gallery.get(image_uuid) : (image_path ?? undefined)
    return file !== undefined && this.#files.has(file) ? `[[${file}]]` : undefined
  }

  #line(html: string | null | undefined): string {
    return this.#markdown(html).replace(/\s+/g, ' ')
  }

  /** Its mentions are `[character:12|Words]`, with the ids of entities. */
  #markdown(html: string | null | undefined): string {
    const mentioned = (html ?? '').replaceAll(
      /\[([a-z_]+):(\d+)((?:\|[^\]]*)?)\]/g,
      (_, __, entity: string, options: string) => {
        // Of what follows the id, only words are not settings of the link.
        const words = options.split('|').find((part) => part !== '' && !part.includes(':')) ?? ''
        const name = words || (this.#byEntity.get(Number(entity))?.data.name ?? '')
        return `<span data-entity="${entity}">${words ? words : escaped(name)}&#8203;</span>`
      },
    )
    return this.#turndown.turndown(mentioned).replaceAll('\u200B', '')
  }
}

/** An element as turndown gives it, of a DOM of its own. */
interface ReadElement {
  readonly nodeName: string
  getAttribute(name: string): string | null
}

function elementOf(node: unknown): ReadElement {
  return node as ReadElement // turndown's filters and replacements get nothing else
}

function nameOf(value: string | null | undefined): string | undefined {
  const name = value?.replace(/\s+/g, ' ').trim().slice(0, 90)
  return name === '' ? undefined : name
}

function plain(html: string | null | undefined): string | undefined {
  return nameOf(html?.replace(/<[^>]*>/g, ' '))
}

function singular(module: string): string {
  return module.replace(/ies$/, 'y').replace(/s$/, '')
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
