import {
  archivedRecords,
  type Calendar,
  calendarField,
  descriptionField,
  type EntityDefinition,
  type EntityKind,
  entities,
  gregorianCalendar,
  maxBody,
  nameField,
  parseWorldDate,
  wholeEntry,
  worldLanguages,
} from '@worldloom/schema'
import { generateNKeysBetween } from 'fractional-indexing'
import { kindNamed } from './fileNames.ts'
import type { VaultNote } from './note.ts'
import { type Target, toMentions } from './wikiLinks.ts'

/** What an image of a vault is once it is stored. */
export interface PlannedImage {
  readonly mediaType: string
  readonly width: number
  readonly height: number
  readonly byteSize: number
  readonly checksum: string
}

/** A vault as the rows of an archive, by file. */
export interface PlannedWorld {
  readonly world: Record<string, unknown>
  readonly rows: ReadonlyMap<string, readonly Record<string, unknown>[]>
  /** The paths of the images' files, by their ids. */
  readonly images: ReadonlyMap<string, string>
}

interface Planned {
  readonly id: string
  readonly kind: EntityKind
  readonly name: string
  readonly displayName: string
  readonly path: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly text: string
  readonly isPlaceholder: boolean
  readonly image?: string
}

/**
 * Makes a world of a vault. Notes become entries of the kind that their property `kind`, `type` or `category` names, or the
 * folder that they are in, and things otherwise. Properties that a kind has no field for stay in the text.
 *
 * @param imagesOf what is known of the image files that can be read, by path
 */
export function planVault(
  notes: readonly VaultNote[],
  imagesOf: ReadonlyMap<string, PlannedImage>,
  worldName: string,
): PlannedWorld {
  return new Plan(notes, imagesOf, worldName).make()
}

class Plan {
  readonly #notes: readonly VaultNote[]
  readonly #images: ReadonlyMap<string, PlannedImage>
  readonly #world: VaultNote | undefined
  readonly #worldName: string
  readonly #calendar: Calendar | null
  readonly #entries: Planned[] = []
  readonly #byPath = new Map<string, Planned>()
  readonly #byName = new Map<string, Planned>()
  readonly #taken = new Set<string>()
  readonly #rows = new Map<string, Record<string, unknown>[]>()
  readonly #tags = new Map<string, { id: string; name: string }>()
  #ids = 0
  readonly #time = new Date().toISOString()

  constructor(notes: readonly VaultNote[], images: ReadonlyMap<string, PlannedImage>, worldName: string) {
    const byPath = new Intl.Collator('en', { numeric: true })
    this.#notes = notes.toSorted((one, other) => byPath.compare(one.path, other.path))
    this.#images = images
    this.#worldName = worldName
    this.#world = notes.find(({ path, properties }) => path === 'World' && properties.kind === 'world')
    const calendar = calendarField.safeParse(this.#world?.properties.calendar)
    this.#calendar = calendar.success ? calendar.data : null
  }

  make(): PlannedWorld {
    const world = this.#worldRow()
    this.#enterNotes()
    this.#enterImages()
    const linkKinds = this.#linkKinds()
    // Grows while it is gone through: what texts mention and is no note becomes a placeholder.
    for (let index = 0; index < this.#entries.length; index++) {
      const entry = this.#entries[index]
      if (entry) this.#writeEntry(entry, linkKinds)
    }
    this.#placeInOrder('act')
    this.#placeInOrder('scene')
    this.#untangleLocations()
    const { description = '', body = '' } = this.#worldTexts()
    return {
      world: { ...world, description, body },
      rows: this.#rows,
      images: new Map(this.#entries.flatMap(({ id, image }) => (image === undefined ? [] : [[id, image]]))),
    }
  }

  #nextId(): string {
    this.#ids++
    return `00000000-0000-7000-8000-${this.#ids.toString(16).padStart(12, '0')}`
  }

  #worldRow(): Record<string, unknown> {
    const { name, title, language } = this.#world?.properties ?? {}
    const called = cleanName(stringOf(name) ?? this.#worldName)
    return {
      id: this.#nextId(),
      name: called,
      displayName: stringOf(title) ?? called,
      version: 1,
      createdAt: this.#time,
      updatedAt: this.#time,
      visibility: 'private',
      language: worldLanguages.find((each) => each === language) ?? 'simple',
      calendar: this.#calendar,
    }
  }

  #worldTexts() {
    if (!this.#world) return {}
    const { description } = this.#world.properties
    return { description: this.#shortText(stringOf(description)), body: this.#longText(this.#world.text, 'World.md') }
  }

  #enterNotes(): void {
    for (const note of this.#notes) {
      if (note === this.#world) continue
      const { properties, path } = note
      const folders = path.split('/').slice(0, -1)
      const said = [properties.kind, properties.type, properties.category].flatMap((value) => stringOf(value) ?? [])
      const kind =
        said.map(kindNamed).find((each) => each !== undefined) ??
        folders
          .toReversed()
          .map(kindNamed)
          .find((each) => each !== undefined) ??
        'thing'
      const file = kind === 'image' ? this.#imagePath(linkOf(properties.file) ?? path) : undefined
      this.#enter({
        kind,
        properties,
        path,
        text: note.text,
        image: file,
        isPlaceholder: properties.placeholder === true,
      })
    }
  }

  #enterImages(): void {
    const used = new Set(this.#entries.map(({ image }) => image))
    for (const path of this.#images.keys()) {
      if (used.has(path)) continue
      this.#enter({ kind: 'image', properties: {}, path, text: '', image: path, isPlaceholder: false })
    }
    for (const entry of this.#entries) {
      if (entry.image === undefined) continue
      this.#byPath.set(entry.image.toLowerCase(), entry)
      const base = entry.image.split('/').at(-1)?.toLowerCase() ?? ''
      if (!this.#byName.has(base)) this.#byName.set(base, entry)
    }
  }

  #imagePath(reference: string): string | undefined {
    const wanted = reference.toLowerCase()
    return [...this.#images.keys()].find((path) => {
      const lower = path.toLowerCase()
      return lower === wanted || lower.endsWith(`/${wanted}`) || lower.replace(/\.\w+$/, '') === wanted
    })
  }

  #enter(
    given: Omit<Planned, 'id' | 'name' | 'displayName' | 'image'> & { readonly image?: string | undefined },
  ): Planned {
    const { kind, properties, path, image, ...rest } = given
    const base = (path.split('/').at(-1) ?? '').replace(image === undefined ? '' : /\.\w+$/, '')
    const wanted = cleanName(stringOf(properties.name) ?? base)
    let name = wanted
    for (let number = 2; this.#taken.has(`${kind} ${name.toLowerCase()}`); number++)
      name = `${wanted.slice(0, 245)} (${number})`
    this.#taken.add(`${kind} ${name.toLowerCase()}`)
    const displayName = (stringOf(properties.title) ?? name).slice(0, 255)
    const entry: Planned = {
      ...{ id: this.#nextId(), kind, properties, path, name, displayName },
      ...rest,
      ...(image !== undefined && { image }),
    }
    this.#entries.push(entry)
    this.#byPath.set(path.toLowerCase(), entry)
    for (const called of [base, name, displayName, ...listOf(properties.aliases), ...listOf(properties.alias)]) {
      const key = String(called).toLowerCase()
      if (!this.#byName.has(key)) this.#byName.set(key, entry)
    }
    return entry
  }

  /** What a path, a name or an alias refers to. */
  #find(reference: string): Planned | undefined {
    const wanted = reference
      .replace(/^(?:\.{0,2}\/)+/, '')
      .replace(/\.md$/i, '')
      .toLowerCase()
    return this.#byPath.get(wanted) ?? this.#byName.get(wanted.split('/').at(-1) ?? '')
  }

  #findLinked(value: unknown, kind: EntityKind): Planned | undefined {
    const reference = linkOf(value)
    const found = reference === undefined ? undefined : this.#find(reference)
    return found?.kind === kind ? found : undefined
  }

  /** For texts: what is no note becomes a placeholder, which somebody may fill in. */
  #target(reference: string, isShown: boolean): Target | undefined {
    let found = this.#find(reference)
    if (!found && !isShown && reference !== '' && !/\.\w{2,5}$/.test(reference)) {
      found = this.#enter({ kind: 'thing', properties: {}, path: `?/${reference}`, text: '', isPlaceholder: true })
    }
    return found && { id: found.id, isImage: found.kind === 'image', displayName: found.displayName }
  }

  #longText(text: string, path: string): string {
    const made = toMentions(text, (reference, isShown) => this.#target(reference, isShown))
    if (made.length > maxBody) throw new RangeError(`${path} has more than ${maxBody.toLocaleString('en')} characters.`)
    return made.toWellFormed()
  }

  #shortText(text: string | undefined): string {
    const made = this.#longText(text ?? '', '')
    return descriptionField.safeParse(made).success ? made : made.slice(0, 2000).trim()
  }

  #writeEntry(entry: Planned, linkKinds: ReadonlyMap<string, LinkKindRow>): void {
    const definition = entities[entry.kind]
    const { properties } = entry
    const known = new Set<string>(knownProperties)
    const { values, used } = this.#fields(definition, properties)
    for (const name of used) known.add(name)
    if (definition.parent) known.add(definition.parent.kind)
    const image = entry.image === undefined ? undefined : this.#images.get(entry.image)
    const cover = this.#findLinked(properties.cover, 'image')
    const rest = Object.entries(properties).filter(([name]) => !known.has(name.toLowerCase()))
    const description = stringOf(properties.description) ?? ''
    const tooLong = description.length > 2000 ? `\n\n${description}` : ''
    this.#push(`${definition.plural}.ndjson`, {
      ...{ id: entry.id, name: entry.name, displayName: entry.displayName, version: 1 },
      ...{ createdAt: this.#time, updatedAt: this.#time, deletedAt: null, deletedWith: null },
      description: this.#shortText(description),
      body: this.#longText(entry.text + tooLong + propertiesAsText(rest), `${entry.path}.md`),
      isPlaceholder: entry.isPlaceholder,
      coverId: cover?.id ?? null,
      spoilers: this.#spoilers(properties.spoilers, definition),
      ...values,
      ...this.#parent(entry, definition),
      ...(entry.kind === 'image' && {
        mediaType: image?.mediaType ?? null,
        width: image?.width ?? null,
        height: image?.height ?? null,
        byteSize: image?.byteSize ?? null,
        checksum: image?.checksum ?? null,
      }),
    })
    this.#writeTags(entry)
    this.#writeLinks(entry, linkKinds)
  }

  /** A kind's own fields, by their names or labels. */
  #fields(definition: EntityDefinition, properties: Readonly<Record<string, unknown>>) {
    const given = new Map(Object.entries(properties).map(([name, value]) => [name.toLowerCase(), value] as const))
    const used: string[] = []
    const values: Record<string, unknown> = {}
    for (const [field, { label, control, schema, initial }] of Object.entries(definition.fields)) {
      values[field] = initial
      const name = [field, label].map((each) => each.toLowerCase()).find((each) => given.has(each))
      if (name === undefined) continue
      const text = textOf(given.get(name))
      let value: unknown = text
      if (control.as === 'reference') value = this.#findLinked(given.get(name), control.kind)?.id
      else if (control.as === 'worldDate') value = parseWorldDate(this.#calendar ?? gregorianCalendar, text).date
      else if (control.as === 'choice') {
        value = Object.entries(control.options).find(([key, option]) =>
          [key, option.toLowerCase()].includes(text.toLowerCase()),
        )?.[0]
      } else if (control.as === 'paragraph') value = this.#longText(text, name)
      const checked = schema.safeParse(value)
      if (value === undefined || !checked.success) continue
      values[field] = checked.data
      used.push(name)
    }
    return { values, used }
  }

  #parent(entry: Planned, { parent }: EntityDefinition): Record<string, unknown> {
    if (!parent) return {}
    const given = this.#findLinked(entry.properties[parent.kind], parent.kind)
    if (given && given !== entry) return { [parent.field]: given.id }
    const folders = entry.path.split('/').slice(0, -1)
    const folder = folders
      .toReversed()
      .find((each) => kindNamed(each) === undefined || this.#find(each)?.kind === parent.kind)
    if (!parent.required) {
      const around = folder === undefined ? undefined : this.#find(folder)
      return { [parent.field]: around?.kind === parent.kind && around !== entry ? around.id : null }
    }
    if (parent.kind === 'story') return { [parent.field]: this.#storyFor(folder).id }
    const story = this.#findLinked(entry.properties.story, 'story') ?? this.#storyFor(folder)
    return { [parent.field]: this.#actIn(story).id }
  }

  /** The story that a folder names, or one for all that have none. */
  #storyFor(folder: string | undefined): Planned {
    const name = folder ?? this.#worldName
    const found = this.#find(name)
    if (found?.kind === 'story') return found
    const path = `?story/${name.toLowerCase()}`
    return (
      this.#byPath.get(path) ??
      this.#enter({ kind: 'story', properties: { name }, path, text: '', isPlaceholder: false })
    )
  }

  /** The act of a story for scenes that are in none. */
  #actIn(story: Planned): Planned {
    const path = `?act/${story.id}`
    return (
      this.#byPath.get(path) ??
      this.#enter({
        kind: 'act',
        properties: { name: story.name, story: `[[${story.path}]]` },
        path,
        text: '',
        isPlaceholder: false,
      })
    )
  }

  #spoilers(given: unknown, { fields }: EntityDefinition): Record<string, string> {
    if (typeof given !== 'object' || given === null) return {}
    const names = [wholeEntry, 'displayName', 'description', 'body', ...Object.keys(fields)]
    return Object.fromEntries(
      Object.entries(given).flatMap(([field, scene]) => {
        const found = this.#findLinked(scene, 'scene')
        return found && names.includes(field) ? [[field, found.id]] : []
      }),
    )
  }

  #writeTags(entry: Planned): void {
    const inText = [...entry.text.matchAll(/(?:^|\s)#(\p{L}[\p{L}\p{N}_/-]{0,98})/gu)].map(([, tag = '']) => tag)
    const given = [...listOf(entry.properties.tags), ...listOf(entry.properties.tag)].flatMap((tags) =>
      typeof tags === 'string' ? tags.split(',') : [String(tags)],
    )
    const names = [...given, ...inText].map((name) => name.replace(/^#/, '').trim().slice(0, 100))
    for (const key of new Set(names.filter((name) => name !== '').map((name) => name.toLowerCase()))) {
      let tag = this.#tags.get(key)
      if (!tag) {
        const name = names.find((each) => each.toLowerCase() === key) ?? key
        tag = { id: this.#nextId(), name }
        this.#tags.set(key, tag)
        this.#push('tags.ndjson', { ...this.#record(tag.id), name, color: this.#tagColor(name) })
      }
      this.#push('entry-tags.ndjson', { entityId: entry.id, kind: entry.kind, tagId: tag.id })
    }
  }

  #tagColor(name: string): unknown {
    const colors = listOf(this.#world?.properties.tagColors) as { readonly name?: unknown; readonly color?: unknown }[] // read below
    const color = colors.find((each) => each?.name === name)?.color
    return archivedRecords.tags.shape.color.safeParse(color).data ?? 'gray'
  }

  #record(id: string) {
    return { id, version: 1, createdAt: this.#time, updatedAt: this.#time }
  }

  #linkKinds(): ReadonlyMap<string, LinkKindRow> {
    const kinds = new Map<string, LinkKindRow>()
    for (const given of listOf(this.#world?.properties.linkKinds)) {
      const row = archivedRecords['link-kinds'].safeParse({ ...this.#record(this.#nextId()), ...Object(given) })
      if (!row.success || kinds.has(row.data.name.toLowerCase())) continue
      kinds.set(row.data.name.toLowerCase(), row.data)
      this.#push('link-kinds.ndjson', row.data)
    }
    return kinds
  }

  #writeLinks(entry: Planned, linkKinds: ReadonlyMap<string, LinkKindRow>): void {
    const { properties, kind, id } = entry
    const all = (value: unknown, of: EntityKind) => [
      ...new Set(listOf(value).flatMap((each) => this.#findLinked(each, of)?.id ?? [])),
    ]
    if (kind === 'book') {
      const stories = all(properties.stories, 'story')
      const positions = generateNKeysBetween(null, null, stories.length)
      for (const [index, storyId] of stories.entries())
        this.#push('book-stories.ndjson', { bookId: id, storyId, position: positions[index] })
    }
    if (kind === 'scene') {
      for (const personaId of all(properties.cast, 'persona'))
        this.#push('scene-personas.ndjson', { sceneId: id, personaId })
      for (const thingId of all(properties.things, 'thing')) this.#push('scene-things.ndjson', { sceneId: id, thingId })
    }
    const seen = new Set<string>()
    for (const given of listOf(properties.links)) {
      const { kind: name, to, note, from, until } = Object(given) as Readonly<Record<string, unknown>> // read below
      const linkKind = linkKinds.get(String(name).toLowerCase())
      const reference = linkOf(to)
      const other = reference === undefined ? undefined : this.#find(reference)
      if (!linkKind || !other || other === entry) continue
      const date = (value: unknown) => parseWorldDate(this.#calendar ?? gregorianCalendar, textOf(value)).date ?? null
      // Of symmetric kinds, the lower id comes first.
      const [first, second] = linkKind.isSymmetric && id > other.id ? [other, entry] : [entry, other]
      const beganOn = from === undefined ? null : date(from)
      const key = [linkKind.id, first.id, second.id, beganOn].join(' ')
      if (seen.has(key)) continue
      seen.add(key)
      this.#push('links.ndjson', {
        ...this.#record(this.#nextId()),
        ...{ linkKindId: linkKind.id, fromId: first.id, fromKind: first.kind, toId: second.id, toKind: second.kind },
        ...{ note: textOf(note).slice(0, 2000), beganOn, endedOn: until === undefined ? null : date(until) },
      })
    }
  }

  /** Gives acts and scenes their places: by their property `order`, otherwise as they are sorted. */
  #placeInOrder(kind: 'act' | 'scene'): void {
    const { plural, parent } = entities[kind]
    const orders = new Map(this.#entries.map(({ id, properties }) => [id, Number(properties.order ?? Number.NaN)]))
    const rows = this.#rows.get(`${plural}.ndjson`) ?? []
    for (const siblings of Map.groupBy(rows, (row) => row[parent?.field ?? '']).values()) {
      const order = (row: Record<string, unknown>) => orders.get(String(row.id)) ?? Number.NaN
      const sorted = siblings.toSorted((one, other) => (order(one) || 0) - (order(other) || 0))
      for (const [index, position] of generateNKeysBetween(null, null, sorted.length).entries()) {
        const row = sorted[index]
        if (row) row.position = position
      }
    }
  }

  /** A location that would be in itself, by whatever way, is in none. */
  #untangleLocations(): void {
    const rows = this.#rows.get('locations.ndjson') ?? []
    const parents = new Map(rows.map((row) => [row.id, row.parentId]))
    for (const row of rows) {
      const seen = new Set<unknown>([row.id])
      for (let above = row.parentId; above !== null && above !== undefined; above = parents.get(above)) {
        if (!seen.has(above)) {
          seen.add(above)
          continue
        }
        row.parentId = null
        parents.set(row.id, null)
        break
      }
    }
  }

  #push(file: string, row: Record<string, unknown>): void {
    const rows = this.#rows.get(file)
    if (rows) rows.push(row)
    else this.#rows.set(file, [row])
  }
}

type LinkKindRow = ReturnType<(typeof archivedRecords)['link-kinds']['parse']>

/** The properties that are no fields of a kind, and do not stay in the text. */
const knownProperties = [
  ...['worldloom', 'kind', 'type', 'category', 'name', 'title', 'description', 'placeholder', 'cover', 'file'],
  ...['tags', 'tag', 'order', 'stories', 'cast', 'things', 'links', 'spoilers', 'story'],
] as const

function cleanName(name: string): string {
  const cleaned = name.replaceAll('\0', '').toWellFormed().replace(/\s+/gu, ' ').trim().slice(0, 255).trim()
  return nameField.safeParse(cleaned).success ? cleaned : 'Unnamed'
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.toWellFormed().trim() : undefined
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
}

/** What `[[Folder/Name|Words]]` refers to. YAML without quotes reads that as lists in a list. */
function linkOf(value: unknown): string | undefined {
  const text = Array.isArray(value) ? `[[${value.flat(2).join(', ')}]]` : stringOf(value)
  return text?.replace(/^!?\[\[([^\]|#^]*).*$/s, '$1').trim()
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return value === undefined || value === null ? '' : String(value).replaceAll('\0', '').toWellFormed()
}

function propertiesAsText(properties: readonly (readonly [string, unknown])[]): string {
  const lines = properties
    .map(([name, value]) => [name, textOf(value)] as const)
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `- **${name}:** ${text.replaceAll('\n', ' ')}`)
  return lines.length === 0 ? '' : `\n\n${lines.join('\n')}\n`
}
