import { type EntityDefinition, type EntityKind, type EntityWording, entities, type Field } from './entity/index.ts'
import type { Language } from './languages.ts'

/** The words of a kind in another language than its definition's. */
interface KindWords extends EntityWording {
  /** Of its fields, its parent and what it is linked by, by name. */
  readonly labels: Readonly<Record<string, string>>
  readonly hints?: Readonly<Record<string, string>>
  /** The options of choices, by field. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const inCalendar = 'Im Kalender der Welt'

/** A kind that is not here is called as in English. */
const german: Partial<Record<EntityKind, KindWords>> = {
  story: {
    one: 'Geschichte',
    many: 'Geschichten',
    about: 'Eine Geschichte wird in Akten erzählt, und Akte in Szenen.',
    labels: { logline: 'Kurzfassung', genre: 'Genre', status: 'Stand', bookId: 'Bücher' },
    hints: { logline: 'Die ganze Geschichte in einem Satz' },
    options: {
      status: {
        idea: 'Idee',
        outline: 'Gliederung',
        draft: 'Entwurf',
        revision: 'Überarbeitung',
        finished: 'Fertig',
      },
    },
  },
  book: {
    one: 'Buch',
    many: 'Bücher',
    about: 'Ein Buch bindet Geschichten in einer eigenen Reihenfolge.',
    labels: { isbn: 'ISBN', publishedOn: 'Erschienen am' },
    hints: { isbn: 'Zehn oder dreizehn Ziffern' },
  },
  act: {
    one: 'Akt',
    many: 'Akte',
    about: 'Ein Akt ist ein Teil einer Geschichte: An seinem Ende ist etwas anders.',
    labels: { storyId: 'Geschichte' },
  },
  scene: {
    one: 'Szene',
    many: 'Szenen',
    about: 'Eine Szene ist eine Zeit, ein Ort und jemand, der etwas will.',
    labels: {
      purpose: 'Zweck',
      mood: 'Stimmung',
      happensOn: 'Datum',
      happensAt: 'Wann',
      locationId: 'Ort',
      actId: 'Akt',
      personaId: 'Besetzung',
      thingId: 'Gegenstände',
    },
    hints: {
      purpose: 'Was der Geschichte ohne sie fehlen würde',
      happensOn: inCalendar,
      happensAt: 'In deinen Worten: „die dritte Glocke, Mittwinter“',
    },
  },
  persona: {
    one: 'Figur',
    many: 'Figuren',
    about: 'Eine Figur ist, wer in einer Geschichte handelt.',
    labels: {
      epithet: 'Beiname',
      pronouns: 'Pronomen',
      born: 'Geburt',
      died: 'Tod',
      bornOn: 'Geburtsdatum',
      diedOn: 'Todesdatum',
      motivations: 'Beweggründe',
    },
    hints: {
      epithet: '„die Schlaflose“',
      born: 'Was man davon erzählt',
      died: 'Was man davon erzählt',
      bornOn: inCalendar,
      diedOn: inCalendar,
      motivations: 'Was sie will, und was sie braucht',
    },
  },
  location: {
    one: 'Ort',
    many: 'Orte',
    about: 'Ein Ort ist, wo etwas geschieht; einer kann in einem anderen liegen.',
    labels: {
      locationKind: 'Art',
      coordinates: 'Koordinaten',
      foundedOn: 'Gegründet',
      ruinedOn: 'In Trümmern seit',
      parentId: 'Liegt in',
    },
    hints: {
      locationKind: 'Stadt, Schiff, Zimmer …',
      coordinates: 'Wie deine Karten eben zählen',
      foundedOn: inCalendar,
      ruinedOn: inCalendar,
    },
  },
  thing: {
    one: 'Gegenstand',
    many: 'Gegenstände',
    about: 'Ein Gegenstand ist alles, was jemandem etwas bedeutet: eine Glocke, ein Brief, eine Schuld.',
    labels: {
      thingKind: 'Art',
      madeOn: 'Gemacht',
      lostOn: 'Verloren oder zerstört',
      ownerPersonaId: 'Gehört',
    },
    hints: { thingKind: 'Glocke, Brief, Schuld …', madeOn: inCalendar, lostOn: inCalendar },
  },
  image: {
    one: 'Bild',
    many: 'Bilder',
    about: 'Ein Bild ist eine Karte, ein Porträt, eine Skizze: eine Datei mit Worten daneben.',
    labels: { altText: 'Text statt des Bildes' },
    hints: { altText: 'Was zu sehen ist, für alle, die es nicht sehen können' },
  },
}

const translations: Readonly<Record<Exclude<Language, 'en'>, typeof german>> = { de: german }

/** The definition of every kind with its words in a language: what is translated nowhere stays in English. */
export function entitiesIn(language: Language): Readonly<Record<EntityKind, EntityDefinition>> {
  if (language === 'en') return entities
  const words = translations[language]
  return Object.fromEntries(
    Object.values(entities).map((definition) => [definition.kind, translated(definition, words[definition.kind])]),
  ) as Record<EntityKind, EntityDefinition> // each kind, by its name
}

function translated(definition: EntityDefinition, words: KindWords | undefined): EntityDefinition {
  if (!words) return definition
  const { one, many, about, labels } = words
  const { fields, parent, linkedBy = {} } = definition
  return {
    ...definition,
    wording: { one, many, about },
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, translatedField(name, field, words)]),
    ),
    ...(parent && { parent: { ...parent, label: labels[parent.field] ?? parent.label } }),
    linkedBy: Object.fromEntries(
      Object.entries(linkedBy).map(([name, linked]) => [name, { ...linked, label: labels[name] ?? linked.label }]),
    ),
  }
}

function translatedField(name: string, field: Field, { labels, hints = {}, options = {} }: KindWords): Field {
  const hint = hints[name] ?? field.hint
  const { control } = field
  return {
    ...field,
    label: labels[name] ?? field.label,
    ...(hint !== undefined && { hint }),
    control: control.as === 'choice' ? { as: 'choice', options: { ...control.options, ...options[name] } } : control,
  }
}
