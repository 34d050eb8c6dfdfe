import type { TemplateWords } from './catalogs.ts'
import { blank, type DescribedWorld, described, mention, planned, type Text } from './describedWorld.ts'

/** A region with a town, somebody who is up to no good, and an adventure for the first evenings. */
export function campaign(words: TemplateWords): DescribedWorld {
  const { region, town, inn, wilds, lair, innermost, patron, innkeeper, rival, villain, treasure, letter } = words
  const party = [words.firstCharacter, words.secondCharacter, words.thirdCharacter, words.fourthCharacter]
  const players = party.map(([name]) => name)
  const people = [words.nonPlayerCharacters]
  const place = (text: Text, locationKind: string, inside?: string) => ({
    ...blank(text, { locationKind }),
    ...(inside !== undefined && { inside }),
  })
  return {
    description: words.campaignDescription,
    body: words.campaignBody(mention(town[0]), mention(villain[0]), mention(words.adventure[0])),
    tags: [
      { name: words.playerCharacters, color: 'teal' },
      { name: words.nonPlayerCharacters, color: 'blue' },
      { name: words.secret, color: 'violet' },
      { name: words.openThread, color: 'yellow' },
      { name: words.needsWork, color: 'orange' },
    ],
    locations: [
      place(region, words.regionKind),
      place(town, words.townKind, region[0]),
      place(inn, words.innKind, town[0]),
      place(wilds, words.wildsKind, region[0]),
      place(lair, words.lairKind, wilds[0]),
      place(innermost, words.innermostKind, lair[0]),
    ],
    personas: [
      ...party.map((text) => blank(text, { motivations: words.characterMotivation }, [words.playerCharacters])),
      blank(patron, {}, people),
      blank(innkeeper, {}, people),
      blank(rival, {}, people),
      blank(villain, { motivations: words.villainMotivation }, [...people, words.secret]),
    ],
    things: [blank(treasure, { thingKind: words.treasureKind }), blank(letter, { thingKind: words.letterKind })],
    stories: [
      {
        ...described(words.adventure),
        fields: { logline: words.adventureLogline, status: 'outline' },
        acts: [
          {
            ...described(words.hook),
            scenes: [
              {
                ...planned(words.meeting, words.meetingPurpose),
                place: inn[0],
                cast: [...players, innkeeper[0], patron[0]],
                things: [letter[0]],
              },
              { ...planned(words.rumours, words.rumoursPurpose), place: town[0], cast: [...players, rival[0]] },
            ],
          },
          {
            ...described(words.journey),
            scenes: [
              { ...planned(words.ambush, words.ambushPurpose), place: wilds[0], cast: [...players, rival[0]] },
              { ...planned(words.camp, words.campPurpose), place: wilds[0], cast: players },
            ],
          },
          {
            ...described(words.showdown),
            scenes: [
              { ...planned(words.descent, words.descentPurpose), place: lair[0], cast: players },
              {
                ...planned(words.confrontationBelow, words.confrontationBelowPurpose),
                place: innermost[0],
                cast: [...players, villain[0]],
                things: [treasure[0]],
              },
              { ...planned(words.aftermath, words.aftermathPurpose), place: inn[0], cast: [...players, patron[0]] },
            ],
          },
        ],
      },
    ],
    books: [],
    links: [
      [innkeeper[0], 'livesIn', inn[0]],
      [patron[0], 'livesIn', town[0]],
      [patron[0], 'serves', villain[0], { note: words.patronServes }],
      [villain[0], 'rules', lair[0]],
      [rival[0], 'enemyOf', patron[0]],
    ],
  }
}
