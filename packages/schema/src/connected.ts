import type { EntityKind } from './entity/kinds.ts'

// Plain types, which the schemas in tag.ts, link.ts and others are checked against: the client package ships them without
// any schema.

export const tagColors = ['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink'] as const
export type TagColor = (typeof tagColors)[number]

/** What every record of a world has besides what is its own. */
interface Recorded {
  readonly id: string
  readonly worldId: string
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface Tag extends Recorded {
  readonly name: string
  readonly color: TagColor
}

/** An entry that has a tag. */
export interface TaggedEntry extends EntryReference {
  /** At most its first 300 characters. */
  readonly description: string
}

export interface TagSummary extends Tag {
  /** How many entries have it. */
  readonly count: number
}

export const linkCardinalities = ['manyToMany', 'oneToMany', 'manyToOne', 'oneToOne'] as const
export type LinkCardinality = (typeof linkCardinalities)[number]
export const linkMeanings = ['parent', 'ownership'] as const
export type LinkMeaning = (typeof linkMeanings)[number]

/** A kind of link between entries of a world. */
export interface LinkKind extends Recorded {
  /** As it reads from the first entry to the second, e.g. “mother of”. */
  readonly name: string
  /** As it reads from the second to the first, e.g. “child of”. */
  readonly inverseName: string
  readonly isSymmetric: boolean
  /** The kinds that can be its first and its second end; all, if empty. */
  readonly fromKinds: EntityKind[]
  readonly toKinds: EntityKind[]
  /** How many of each end there can be at one time. */
  readonly cardinality: LinkCardinality
  readonly isAcyclic: boolean
  readonly meaning: LinkMeaning | null
}

export interface LinkKindSummary extends LinkKind {
  /** How many links are of it. */
  readonly count: number
}

export interface Link extends Recorded {
  readonly linkKindId: string
  readonly fromId: string
  readonly fromKind: EntityKind
  readonly toId: string
  readonly toKind: EntityKind
  readonly note: string
  /** In world time. */
  readonly beganOn: string | null
  readonly endedOn: string | null
}

/** What the model itself connects, from the first to the second, by how it reads each way. */
export const structures = {
  act: ['has the act', 'is an act of'],
  scene: ['has the scene', 'is a scene of'],
  place: ['takes place in', 'is the place of'],
  cast: ['has in its cast', 'appears in'],
  thing: ['has in it', 'is in'],
  owner: ['owns', 'belongs to'],
  location: ['contains', 'lies in'],
  story: ['binds', 'is bound in'],
} as const
export type Structure = keyof typeof structures

/** As much of an entry as a reference to it needs. */
export interface EntryReference {
  readonly id: string
  readonly kind: EntityKind
  readonly name: string
  readonly displayName: string
}

/** Something that an entry is connected with. */
export interface Connection {
  /** As it reads from the entry to the other. */
  readonly label: string
  readonly direction: 'out' | 'in' | 'both'
  readonly other: EntryReference & { readonly description: string }
  /** Null for what the model itself has. */
  readonly link: Link | null
  /** Null for links. */
  readonly structure: Structure | null
}

export interface MentionItem {
  /** The other entry; null for the world itself. */
  readonly other: EntryReference | null
  /** The field of the text. */
  readonly field: string
  /** The sentence that mentions it first, as plain text. */
  readonly sentence: string
  readonly count: number
}

/** A name of an entry in a text that is not a mention yet. */
export interface FoundName {
  readonly field: string
  /** Where in the text it is, in UTF-16 code units. */
  readonly start: number
  /** As it is written there. */
  readonly text: string
  readonly before: string
  readonly after: string
  readonly entry: EntryReference
}

export interface PlaceholderItem extends EntryReference {
  readonly createdAt: Date
  readonly mentions: number
}

/** An entry of which nothing is written yet. */
export interface EmptyEntry extends EntryReference {
  readonly createdAt: Date
}

/** How many words the stories of a world had, by day. */
export interface WorldProgress {
  readonly days: string[]
  readonly stories: {
    readonly id: string
    readonly displayName: string
    readonly words: number
    readonly counts: number[]
  }[]
}

export const edgeSources = ['link', 'mention', 'structure'] as const
export type EdgeSource = (typeof edgeSources)[number]

export interface GraphNode extends EntryReference {
  readonly isPlaceholder: boolean
  /** How many edges it has in the whole world, as of some seconds ago; 0 at the moment of a scene. */
  readonly degree: number
  /** How many steps it is from the middle; 0 in the graph of a world. */
  readonly distance: number
  /** Whether it has ended at the moment that was asked for: has died, was lost, is in ruins. */
  readonly isOver: boolean
}

export interface GraphEdge {
  readonly fromId: string
  readonly toId: string
  readonly source: EdgeSource
  readonly linkId: string | null
  readonly linkKindId: string | null
  readonly structure: Structure | null
}

export interface Graph {
  readonly nodes: GraphNode[]
  readonly edges: GraphEdge[]
  /** Whether there is more than was asked for: the least connected were left out. */
  readonly isCut: boolean
}

export interface TimelineItem {
  readonly id: string
  /** The field with the date. */
  readonly field: string
  readonly marks: 'begin' | 'end' | 'moment'
  readonly date: string
  /** In the words of the calendar. */
  readonly text: string
  /** The days that it covers: from the first to before the last. */
  readonly begins: number
  readonly ends: number
  /** Null for a link. */
  readonly entry: EntryReference | null
  readonly link: {
    readonly id: string
    readonly label: string
    readonly from: EntryReference
    readonly to: EntryReference
  } | null
  /** How old a persona is then, in years. */
  readonly age: { readonly least: number; readonly most: number } | null
}

export const continuityRules = [
  'beforeBirth',
  'afterDeath',
  'endBeforeBeginning',
  'twoPlaces',
  'twoOwners',
  'childOlder',
  'ruinedPlace',
  'missingThing',
  'mentionOfTrash',
  'actOutOfOrder',
] as const
export type ContinuityRule = (typeof continuityRules)[number]

/** A contradiction in a world. */
export interface Finding {
  /** The same as long as the same entries contradict each other in the same way. */
  readonly key: string
  readonly rule: ContinuityRule
  /** `possible`: the dates are not exact enough to be sure. */
  readonly certainty: 'certain' | 'possible'
  readonly message: string
  readonly entries: {
    readonly id: string
    readonly kind: EntityKind
    readonly displayName: string
    /** The date of it that matters, with its field and in the words of the calendar. */
    readonly field: string | null
    readonly date: string | null
    readonly text: string | null
  }[]
  readonly dismissal: {
    readonly id: string
    readonly version: number
    readonly reason: string
    readonly userId: string | null
    readonly userName: string | null
    readonly createdAt: Date
  } | null
}

export interface SearchHit extends EntryReference {
  readonly worldId: string
  readonly description: string
  /** The field that it was found in. */
  readonly field: string
  readonly excerpt: { readonly text: string; readonly isMatch: boolean }[]
  /** Whether it was found by words that are only near to those that were searched for. */
  readonly isNear: boolean
}

export interface Suggestion extends EntryReference {
  readonly worldId: string
  readonly description: string
  readonly isNear: boolean
}

export const tableOperators = [
  'contains',
  'is',
  'anyOf',
  'allOf',
  'noneOf',
  'from',
  'to',
  'isEmpty',
  'isFilled',
] as const
export type TableOperator = (typeof tableOperators)[number]

/** A condition on the rows of a table. */
export interface TableCondition {
  readonly field: string
  readonly is: TableOperator
  /** What the field is compared with: one value, several for `anyOf`, `allOf` and `noneOf`, none for `isEmpty` and `isFilled`. */
  readonly values?: string[] | undefined
}

/** How the rows of a table are chosen, put in order and grouped. */
export interface TableQuery {
  readonly worldId: string
  /** Words in the name; of the last its beginning is enough. */
  readonly search?: string | undefined
  readonly where?: TableCondition[] | undefined
  readonly groupBy?: string | undefined
}

export interface TableRowsInput extends TableQuery {
  readonly sort?: string | undefined
  readonly order?: 'asc' | 'desc' | undefined
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

/** What a row of a table has besides the fields of its entry. */
export interface TableRowExtras {
  /** The ids of its tags, and of what it is linked with, by field: at most 20 of each. */
  readonly lists: Record<string, string[]>
  /** The names of its tags and of the entries that it refers to, by id. */
  readonly names: Record<string, string>
}

/** How many rows a table has, and its groups in their order. */
export interface TableTally {
  readonly total: number
  readonly groups: {
    /** The value that its rows share: of a reference the id. Null if they have none. */
    readonly value: string | null
    /** The name of the entry that a reference refers to. */
    readonly name: string | null
    readonly count: number
  }[]
}

/** How a person looks at the entries of a kind. */
export interface ViewSettings {
  readonly layout: 'list' | 'table' | 'cards'
  /** The fields that are shown, in order. */
  readonly columns?: string[] | undefined
  readonly sort?: string | undefined
  readonly order?: 'asc' | 'desc' | undefined
  readonly groupBy?: string | undefined
  readonly where?: TableCondition[] | undefined
}

/** A view that was saved with a name. */
export interface View extends Recorded {
  readonly kind: EntityKind
  readonly name: string
  /** Whether everybody who may read the world can use it. */
  readonly isShared: boolean
  readonly ownerId: string
  readonly settings: ViewSettings
}

/** A layer of a map, by which its markers are shown and hidden. */
export interface MapLayer {
  readonly id: number
  readonly name: string
  /** Whether it is hidden at first. */
  readonly isHidden: boolean
}

/** An image of a world with markers on it. */
export interface WorldMap extends Recorded {
  readonly name: string
  readonly imageId: string
  /** The location that it is the map of. */
  readonly locationId: string | null
  /** How many of its units the image is wide; null if it has no scale. */
  readonly unitsAcross: number | null
  /** What its distances are measured in, e.g. “leagues”. */
  readonly unit: string
  readonly layers: MapLayer[]
}

/** A map in the list of its world. */
export interface WorldMapSummary extends WorldMap {
  /** Its image; null if that is in the trash or has no file. */
  readonly image: { readonly checksum: string; readonly width: number; readonly height: number } | null
  readonly location: EntryReference | null
  /** How many markers it has. */
  readonly count: number
}

export const markerShapes = ['pin', 'area'] as const
export type MarkerShape = (typeof markerShapes)[number]

/** Something on a map: a pin or an area. */
export interface MapMarker extends Recorded {
  readonly mapId: string
  /** The entry that it marks; null if it only has a label. */
  readonly entityId: string | null
  readonly entityKind: EntityKind | null
  /** Shown instead of the name of the entry, if it is not empty. */
  readonly label: string
  readonly shape: MarkerShape
  /** As fractions of the image from its upper left: one of a pin, the corners of an area. */
  readonly points: [x: number, y: number][]
  readonly color: TagColor
  /** Of the layers of the map; null if it is always shown. */
  readonly layerId: number | null
}

/** A marker with what it marks. */
export interface PlacedMarker extends MapMarker {
  readonly entry: (EntryReference & { readonly description: string }) | null
  /** The map of the location that it marks. */
  readonly innerMapId: string | null
}

export interface WholeMap extends WorldMapSummary {
  readonly markers: PlacedMarker[]
}

/** Where an entry is on maps: marked there, or itself what the map is of. */
export interface EntryMap {
  readonly id: string
  readonly name: string
  readonly how: 'marked' | 'location' | 'image'
}

/** A link with which people without an account read a world, or one entry and what is in it. */
export interface ShareLink {
  readonly id: string
  readonly worldId: string
  /** The entry that it shows, with what is in it; null for the whole world. */
  readonly entity: (EntryReference & { readonly description: string }) | null
  readonly label: string
  /** In how many browsers it can be opened; null for any number. */
  readonly maxUses: number | null
  readonly useCount: number
  readonly createdAt: Date
  readonly createdBy: string
  /** Null for never. */
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly lastOpenedAt: Date | null
  /** Whether it shows anything: it is neither revoked nor expired, and what it shows is not in the trash. */
  readonly isOpen: boolean
}
