import type { Calendar, MapLayer, TagColor, UsualLinkKind, WorldLanguage } from '@worldloom/schema'

/** An entry, before it has an id: others are named. `{Name}` in a body becomes a mention. */
export interface DescribedEntry {
  readonly name: string
  readonly description: string
  readonly body?: string
  readonly tags?: readonly string[]
  readonly fields?: Readonly<Record<string, string | boolean>>
  /** By field, the scene until which it is not to be known. */
  readonly spoilers?: Readonly<Record<string, string>>
}

export interface DescribedScene extends DescribedEntry {
  readonly place?: string
  readonly cast?: readonly string[]
  readonly things?: readonly string[]
}

export interface DescribedStory extends DescribedEntry {
  readonly acts: readonly (DescribedEntry & { readonly scenes: readonly DescribedScene[] })[]
}

/** From, how, to, and what is known of it. */
export type DescribedLink = readonly [
  from: string,
  kind: UsualLinkKind,
  to: string,
  more?: { readonly note?: string; readonly beganOn?: string; readonly endedOn?: string },
]

export interface DescribedPicture {
  readonly name: string
  readonly altText: string
  readonly description: string
  /** The entries that it shows. It becomes the cover of the first. */
  readonly shows: readonly string[]
  readonly svg: string
}

export interface DescribedMarker {
  /** The entry that it marks. */
  readonly marks?: string
  readonly label?: string
  /** As fractions of the picture: one of a pin, the corners of an area. */
  readonly points: readonly (readonly [x: number, y: number])[]
  readonly color: TagColor
  readonly layerId?: number
}

export interface DescribedMap {
  readonly name: string
  readonly picture: string
  /** The location that it is the map of. */
  readonly of: string
  readonly unit?: string
  readonly unitsAcross?: number
  readonly layers: readonly MapLayer[]
  readonly markers: readonly DescribedMarker[]
}

/** A world as it is written down: what templates and the demo world are. */
export interface DescribedWorld {
  readonly description: string
  readonly body: string
  /** What its texts are written in. @default that of whoever creates it */
  readonly language?: WorldLanguage
  readonly calendar?: Calendar
  readonly tags: readonly { readonly name: string; readonly color: TagColor }[]
  readonly locations: readonly (DescribedEntry & { readonly inside?: string })[]
  readonly personas: readonly DescribedEntry[]
  readonly things: readonly (DescribedEntry & { readonly owner?: string })[]
  readonly stories: readonly DescribedStory[]
  readonly books: readonly (DescribedEntry & { readonly stories: readonly string[] })[]
  readonly links: readonly DescribedLink[]
  /** Drawn when they are needed. */
  readonly pictures?: () => readonly DescribedPicture[]
  readonly maps?: readonly DescribedMap[]
}

/** A name and what is said of it. */
export type Text = readonly [name: string, description: string]

/** As the body of a template mentions an entry. */
export function mention(name: string): string {
  return `{${name}}`
}

export function described([name, description]: Text): DescribedEntry {
  return { name, description }
}

/** An entry that is listed as still to be filled in, until somebody writes it. */
export function blank(
  [name, description]: Text,
  fields: Readonly<Record<string, string>> = {},
  tags: readonly string[] = [],
): DescribedEntry {
  return { name, description, fields: { ...fields, isPlaceholder: true }, tags }
}

/** A scene with what it is for. */
export function planned([name, description]: Text, purpose: string): DescribedScene {
  return { name, description, fields: { purpose } }
}
