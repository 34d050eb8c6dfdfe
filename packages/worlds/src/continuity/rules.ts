import { type ContinuityRule, formatWorldDate } from '@worldloom/schema'
import type { ContinuityWords } from './catalogs.ts'
import type { KnownDate, KnownEntry, KnownLink, KnownScene, KnownWorld } from './load.ts'

/** A contradiction that a rule has found. */
export interface Contradiction {
  readonly rule: ContinuityRule
  readonly certainty: 'certain' | 'possible'
  readonly message: string
  /** Those that contradict each other, with the field of the date that matters. */
  readonly entries: readonly { readonly entry: KnownEntry; readonly field: string | null }[]
  /** What it rests on besides these dates. */
  readonly basis?: readonly string[]
}

type Rule = (world: KnownWorld, words: ContinuityWords) => Contradiction[]

/** Each dated scene with its date, and one of its lists of entries. */
function* inScenes(
  world: KnownWorld,
  idsOf: (scene: KnownScene) => readonly string[],
): Generator<{ scene: KnownScene; entry: KnownEntry; happens: KnownDate; other: KnownEntry }> {
  for (const scene of world.scenes) {
    const entry = world.entries.get(scene.id)
    const happens = entry?.dates.get('happensOn')
    if (!entry || !happens) continue
    for (const id of idsOf(scene)) {
      const other = world.entries.get(id)
      if (other) yield { scene, entry, happens, other }
    }
  }
}

const isBefore = (one: KnownDate, other: KnownDate) => one.ends <= other.begins

const beforeBirth: Rule = (world, words) => {
  const found: Contradiction[] = []
  for (const { entry, happens, other } of inScenes(world, ({ personaIds }) => personaIds)) {
    const born = other.dates.get('bornOn')
    if (!born || !isBefore(happens, born)) continue
    found.push({
      rule: 'beforeBirth',
      certainty: 'certain',
      message: words.beforeBirth(other.displayName, entry.displayName, text(world, happens), text(world, born)),
      entries: [at(entry, 'happensOn'), at(other, 'bornOn')],
    })
  }
  return found
}

const afterDeath: Rule = (world, words) => {
  const found: Contradiction[] = []
  for (const { entry, happens, other } of inScenes(world, ({ personaIds }) => personaIds)) {
    const died = other.dates.get('diedOn')
    if (!died || !isBefore(died, happens)) continue
    found.push({
      rule: 'afterDeath',
      certainty: 'certain',
      message: words.afterDeath(other.displayName, entry.displayName, text(world, happens), text(world, died)),
      entries: [at(entry, 'happensOn'), at(other, 'diedOn')],
    })
  }
  return found
}

const lives = [
  ['bornOn', 'diedOn', 'diedBeforeBirth'],
  ['madeOn', 'lostOn', 'lostBeforeMade'],
  ['foundedOn', 'ruinedOn', 'ruinedBeforeFounded'],
] as const

const endBeforeBeginning: Rule = (world, words) =>
  [...world.entries.values()].flatMap((entry) =>
    lives.flatMap(([begin, end, sentence]): Contradiction[] => {
      const [from, to] = [entry.dates.get(begin), entry.dates.get(end)]
      if (!from || !to || !isBefore(to, from)) return []
      return [
        {
          rule: 'endBeforeBeginning',
          certainty: 'certain',
          message: words[sentence](entry.displayName, text(world, to), text(world, from)),
          entries: [at(entry, begin), at(entry, end)],
        },
      ]
    }),
  )

/** To the day at least. */
const isExact = ({ date }: KnownDate) => date.split('/').every((point) => /^-?\d+-\d{2}-\d{2}/.test(point))
const hasTime = ({ date }: KnownDate) => date.includes('T')

const twoPlaces: Rule = (world, words) => {
  const byPersona = new Map<string, { scene: KnownScene; entry: KnownEntry; happens: KnownDate }[]>()
  for (const { scene, entry, happens, other } of inScenes(world, ({ personaIds }) => personaIds)) {
    if (scene.locationId && world.entries.has(scene.locationId) && isExact(happens)) {
      byPersona.set(other.id, [...(byPersona.get(other.id) ?? []), { scene, entry, happens }])
    }
  }
  const found: Contradiction[] = []
  for (const [personaId, all] of byPersona) {
    const persona = world.entries.get(personaId)
    if (!persona) continue
    const sorted = all.toSorted((one, other) => one.happens.begins - other.happens.begins)
    for (const [index, one] of sorted.entries()) {
      for (let next = index + 1; next < sorted.length; next++) {
        const other = sorted[next]
        // Those after it begin later still.
        if (!other || other.happens.begins >= one.happens.ends) break
        const [here, there] = [
          world.entries.get(one.scene.locationId ?? ''),
          world.entries.get(other.scene.locationId ?? ''),
        ]
        if (!here || !there || isWithin(world, here.id, there.id) || isWithin(world, there.id, here.id)) continue
        const isCertain = hasTime(one.happens) && hasTime(other.happens)
        found.push({
          rule: 'twoPlaces',
          certainty: isCertain ? 'certain' : 'possible',
          message: words.twoPlaces(
            persona.displayName,
            { place: here.displayName, scene: one.entry.displayName, date: text(world, one.happens) },
            { place: there.displayName, scene: other.entry.displayName, date: text(world, other.happens) },
          ),
          entries: [at(persona, null), at(one.entry, 'happensOn'), at(other.entry, 'happensOn')],
          basis: [here.id, there.id],
        })
      }
    }
  }
  return found
}

/** Whether a location is another or lies in it. */
function isWithin(world: KnownWorld, id: string, outer: string): boolean {
  for (let place: string | undefined = id, steps = 0; place !== undefined && steps < 100; steps++) {
    if (place === outer) return true
    place = world.parents.get(place)
  }
  return false
}

const twoOwners: Rule = (world, words) => {
  interface Owning {
    readonly ownerId: string
    /** When it is sure to hold. */
    readonly from: number
    readonly to: number
    readonly link?: KnownLink
  }
  const byThing = new Map<string, Owning[]>()
  const add = (id: string, owning: Owning) => byThing.set(id, [...(byThing.get(id) ?? []), owning])
  for (const link of world.links) {
    if (link.meaning !== 'ownership') continue
    add(link.toId, {
      ownerId: link.fromId,
      from: link.beganOn?.ends ?? Number.NEGATIVE_INFINITY,
      to: link.endedOn?.begins ?? Number.POSITIVE_INFINITY,
      link,
    })
  }
  // Whom a thing belongs to is said of now.
  for (const { thingId, personaId } of world.owned) {
    add(thingId, { ownerId: personaId, from: Number.MAX_VALUE, to: Number.POSITIVE_INFINITY })
  }
  const found: Contradiction[] = []
  for (const [thingId, all] of byThing) {
    const thing = world.entries.get(thingId)
    if (!thing) continue
    for (const [index, one] of all.entries()) {
      for (const other of all.slice(index + 1)) {
        if (one.ownerId === other.ownerId || Math.max(one.from, other.from) >= Math.min(one.to, other.to)) continue
        const [first, second] = [world.entries.get(one.ownerId), world.entries.get(other.ownerId)]
        if (!first || !second) continue
        found.push({
          rule: 'twoOwners',
          certainty: 'certain',
          message: words.twoOwners(
            thing.displayName,
            first.displayName + period(world, words, one.link),
            second.displayName + period(world, words, other.link),
          ),
          entries: [at(thing, null), at(first, null), at(second, null)],
          basis: [one.link, other.link].map((link) => `${link?.id} ${link?.beganOn?.date} ${link?.endedOn?.date}`),
        })
      }
    }
  }
  return found
}

function period(world: KnownWorld, words: ContinuityWords, link: KnownLink | undefined): string {
  if (!link?.beganOn && !link?.endedOn) return ''
  const from = link.beganOn ? words.from(text(world, link.beganOn)) : ''
  const to = link.endedOn ? words.until(text(world, link.endedOn)) : ''
  return ` (${[from, to].filter(Boolean).join(' ')})`
}

const childOlder: Rule = (world, words) =>
  world.links.flatMap((link): Contradiction[] => {
    if (link.meaning !== 'parent') return []
    const [parent, child] = [world.entries.get(link.fromId), world.entries.get(link.toId)]
    const [older, younger] = [parent?.dates.get('bornOn'), child?.dates.get('bornOn')]
    if (!parent || !child || !older || !younger || !isBefore(younger, older)) return []
    return [
      {
        rule: 'childOlder',
        certainty: 'certain',
        message: words.childOlder(child.displayName, text(world, younger), parent.displayName, text(world, older)),
        entries: [at(child, 'bornOn'), at(parent, 'bornOn')],
      },
    ]
  })

const ruinedPlace: Rule = (world, words) => {
  const found: Contradiction[] = []
  for (const { entry, happens, other: place } of inScenes(world, ({ locationId }) =>
    locationId ? [locationId] : [],
  )) {
    // A house is in ruins when its town is.
    for (let id: string | undefined = place.id, steps = 0; id !== undefined && steps < 100; steps++) {
      const around = world.entries.get(id)
      id = world.parents.get(id)
      const [founded, ruined] = [around?.dates.get('foundedOn'), around?.dates.get('ruinedOn')]
      if (!around) continue
      const where = around === place ? place.displayName : words.placeIn(place.displayName, around.displayName)
      if (ruined && isBefore(ruined, happens)) {
        found.push({
          rule: 'ruinedPlace',
          certainty: 'certain',
          message: words.ruinedPlace(entry.displayName, text(world, happens), where, text(world, ruined)),
          entries: [at(entry, 'happensOn'), at(around, 'ruinedOn')],
          basis: [place.id],
        })
      } else if (founded && isBefore(happens, founded)) {
        found.push({
          rule: 'ruinedPlace',
          certainty: 'certain',
          message: words.placeToCome(entry.displayName, text(world, happens), where, text(world, founded)),
          entries: [at(entry, 'happensOn'), at(around, 'foundedOn')],
          basis: [place.id],
        })
      }
    }
  }
  return found
}

const missingThing: Rule = (world, words) => {
  const found: Contradiction[] = []
  for (const { entry, happens, other: thing } of inScenes(world, ({ thingIds }) => thingIds)) {
    const [made, lost] = [thing.dates.get('madeOn'), thing.dates.get('lostOn')]
    if (lost && isBefore(lost, happens)) {
      found.push({
        rule: 'missingThing',
        certainty: 'certain',
        message: words.thingLost(thing.displayName, entry.displayName, text(world, happens), text(world, lost)),
        entries: [at(entry, 'happensOn'), at(thing, 'lostOn')],
      })
    } else if (made && isBefore(happens, made)) {
      found.push({
        rule: 'missingThing',
        certainty: 'certain',
        message: words.thingToCome(thing.displayName, entry.displayName, text(world, happens), text(world, made)),
        entries: [at(entry, 'happensOn'), at(thing, 'madeOn')],
      })
    }
  }
  return found
}

const mentionOfTrash: Rule = (world, words) =>
  world.mentionsOfTrash.flatMap(({ fromId, toId, toName, field }): Contradiction[] => {
    const entry = world.entries.get(fromId)
    if (!entry) return []
    return [
      {
        rule: 'mentionOfTrash',
        certainty: 'certain',
        message: words.mentionOfTrash(entry.displayName, toName),
        entries: [at(entry, null)],
        basis: [toId, field],
      },
    ]
  })

const actOutOfOrder: Rule = (world, words) => {
  const spans = new Map<string, { begins: number; ends: number; first: KnownEntry }>()
  for (const scene of world.scenes) {
    const entry = world.entries.get(scene.id)
    const happens = entry?.dates.get('happensOn')
    if (!entry || !happens) continue
    const span = spans.get(scene.actId)
    const isFirst = !span || happens.begins < span.begins
    spans.set(scene.actId, {
      begins: Math.min(span?.begins ?? happens.begins, happens.begins),
      ends: Math.max(span?.ends ?? happens.ends, happens.ends),
      first: isFirst ? entry : span.first,
    })
  }
  const found: Contradiction[] = []
  const dated = world.acts.filter(({ id }) => spans.has(id))
  for (const [index, act] of dated.entries()) {
    const next = dated[index + 1]
    const [span, later] = [spans.get(act.id), spans.get(next?.id ?? '')]
    const [entry, nextEntry] = [world.entries.get(act.id), world.entries.get(next?.id ?? '')]
    if (!next || next.storyId !== act.storyId || !span || !later || !entry || !nextEntry || later.ends > span.begins)
      continue
    found.push({
      rule: 'actOutOfOrder',
      certainty: 'certain',
      message: words.actOutOfOrder(nextEntry.displayName, entry.displayName),
      entries: [at(nextEntry, null), at(entry, null), at(later.first, 'happensOn'), at(span.first, 'happensOn')],
    })
  }
  return found
}

/** In the order in which they are listed. */
export const rules: readonly Rule[] = [
  beforeBirth,
  afterDeath,
  endBeforeBeginning,
  twoPlaces,
  twoOwners,
  childOlder,
  ruinedPlace,
  missingThing,
  mentionOfTrash,
  actOutOfOrder,
]

function at(entry: KnownEntry, field: string | null) {
  return { entry, field }
}

function text({ calendar }: KnownWorld, { date }: KnownDate): string {
  return formatWorldDate(calendar, date)
}
