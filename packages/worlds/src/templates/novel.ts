import type { TemplateWords } from './catalogs.ts'
import { blank, type DescribedWorld, described, mention, planned } from './describedWorld.ts'

/** A novel in three acts: who and what it needs, and what each scene is for. */
export function novel(words: TemplateWords): DescribedWorld {
  const { protagonist, antagonist, mentor, confidant, ordinaryPlace, otherPlace, finalPlace, keepsake } = words
  const [hero] = protagonist
  const [enemy] = antagonist
  const [home] = ordinaryPlace
  const [away] = otherPlace
  return {
    description: words.novelDescription,
    body: words.novelBody(mention(hero), mention(words.novelStory[0])),
    tags: [
      { name: words.mainCast, color: 'teal' },
      { name: words.supportingCast, color: 'blue' },
      { name: words.needsWork, color: 'orange' },
      { name: words.idea, color: 'yellow' },
    ],
    locations: [ordinaryPlace, otherPlace, finalPlace].map((text) => blank(text)),
    personas: [
      blank(protagonist, { motivations: words.protagonistMotivation }, [words.mainCast]),
      blank(antagonist, { motivations: words.antagonistMotivation }, [words.mainCast]),
      blank(mentor, {}, [words.supportingCast]),
      blank(confidant, {}, [words.supportingCast]),
    ],
    things: [blank(keepsake)],
    stories: [
      {
        name: words.novelStory[0],
        description: words.novelStory[1],
        fields: { logline: words.novelLogline, status: 'outline' },
        acts: [
          {
            ...described(words.setup),
            scenes: [
              { ...planned(words.opening, words.openingPurpose), place: home, cast: [hero, confidant[0]] },
              { ...planned(words.incident, words.incidentPurpose), place: home, cast: [hero] },
              { ...planned(words.refusal, words.refusalPurpose), place: home, cast: [hero, mentor[0]] },
              { ...planned(words.threshold, words.thresholdPurpose), cast: [hero] },
            ],
          },
          {
            ...described(words.confrontation),
            scenes: [
              { ...planned(words.newRules, words.newRulesPurpose), place: away, cast: [hero, mentor[0]] },
              { ...planned(words.firstTest, words.firstTestPurpose), place: away, cast: [hero, enemy] },
              { ...planned(words.midpoint, words.midpointPurpose), place: away, cast: [hero], things: [keepsake[0]] },
              { ...planned(words.closingIn, words.closingInPurpose), place: away, cast: [hero, confidant[0]] },
              { ...planned(words.allIsLost, words.allIsLostPurpose), place: away, cast: [hero, enemy] },
            ],
          },
          {
            ...described(words.resolution),
            scenes: [
              { ...planned(words.decision, words.decisionPurpose), cast: [hero, confidant[0]] },
              {
                ...planned(words.climax, words.climaxPurpose),
                place: finalPlace[0],
                cast: [hero, enemy],
                things: [keepsake[0]],
              },
              { ...planned(words.ending, words.endingPurpose), place: home, cast: [hero, confidant[0]] },
            ],
          },
        ],
      },
    ],
    books: [{ name: words.novelStory[0], description: '', stories: [words.novelStory[0]] }],
    links: [
      [hero, 'enemyOf', enemy],
      [mentor[0], 'teacherOf', hero],
      [confidant[0], 'friendOf', hero],
      [hero, 'livesIn', home],
    ],
  }
}
