import type { Text } from './describedWorld.ts'

// Both templates

export const needsWork = 'Needs work'
export const idea = 'Idea'

// A novel

export const novelDescription =
  'A novel in three acts, with the people and places that it needs. Rename, rewrite and delete as you like.'
export const novelBody = (protagonist: string, story: string) =>
  `## The world in one paragraph

When and where is this? What is different from the world that we know? What does everybody here take for granted?

## What it is about

- What does ${protagonist} want, and what stands in the way?
- What would it cost them to get it?
- What is different at the end?

## Where to begin

1. Open ${protagonist}, give them a name, and write down what they want.
2. Go through ${story} on the board: each scene says what it is for. Write what happens in yours.
3. Type @ in a text to mention somebody. Whoever is not there yet can be created as you write.`

export const mainCast = 'Main cast'
export const supportingCast = 'Supporting cast'

export const protagonist: Text = ['The protagonist', 'The one whose story this is.']
export const protagonistMotivation = 'What do they want? What do they need instead, without knowing it?'
export const antagonist: Text = ['The antagonist', 'The one who wants what the protagonist cannot let them have.']
export const antagonistMotivation = 'Why are they right, as they see it?'
export const mentor: Text = ['The mentor', 'Knows more than they say, and will not be there to the end.']
export const confidant: Text = ['The confidant', 'The one who is told the truth, and answers with it.']

export const ordinaryPlace: Text = ['Where it begins', 'The place that the protagonist knows too well.']
export const otherPlace: Text = ['Where it leads', 'The place where the old rules do not hold.']
export const finalPlace: Text = ['Where it is decided', 'A place from which there is no way back.']

export const keepsake: Text = ['What it is all about', 'The thing that everybody wants, or that nobody wants to have.']

export const novelStory: Text = ['My novel', 'In three acts.']
export const novelLogline = 'When … happens, … has to …, or else …'

export const setup: Text = ['Act one: the beginning', 'A life, and what breaks into it. About a quarter of the book.']
export const opening: Text = ['An ordinary day', 'The protagonist in the life that is about to end.']
export const openingPurpose = 'Show what they lack, and why we want to follow them.'
export const incident: Text = ['Something happens', 'After this, nothing can stay as it is.']
export const incidentPurpose = 'Ask the question that the book will answer.'
export const refusal: Text = ['Not me', 'They try to go on as before, and learn why they can’t.']
export const refusalPurpose = 'Show what they are afraid of.'
export const threshold: Text = ['Through the door', 'They choose to go, and cannot turn back.']
export const thresholdPurpose = 'Make it their own decision.'

export const confrontation: Text = ['Act two: the middle', 'What they try, and what it costs. About half of the book.']
export const newRules: Text = ['Other rules', 'The new place, its people, and the first mistakes.']
export const newRulesPurpose = 'Keep the promise that the title makes.'
export const firstTest: Text = ['The first test', 'They win something, and are noticed.']
export const firstTestPurpose = 'Show the antagonist from close by.'
export const midpoint: Text = ['Everything turns', 'In the middle of the book, they learn what it is really about.']
export const midpointPurpose = 'Turn them from somebody who reacts into somebody who acts.'
export const closingIn: Text = ['It gets tight', 'What worked before fails. Friends fall out.']
export const closingInPurpose = 'Take away what they lean on, one thing after the other.'
export const allIsLost: Text = ['All is lost', 'What they feared most has happened.']
export const allIsLostPurpose = 'Leave them with nothing but what they need.'

export const resolution: Text = [
  'Act three: the end',
  'What they do with what they have learned. About a quarter of the book.',
]
export const decision: Text = ['One more time', 'They see what they have been wrong about, and make a plan.']
export const decisionPurpose = 'Show that they have changed, before it is put to the test.'
export const climax: Text = ['It is decided', 'Protagonist and antagonist, and no way around each other.']
export const climaxPurpose = 'Answer the question of the beginning.'
export const ending: Text = ['Another ordinary day', 'As in the first scene, and nothing is the same.']
export const endingPurpose = 'Let us see what it was worth.'

// A campaign

export const campaignDescription =
  'A region, a town, a danger, and a first adventure to play. Rename, rewrite and delete as you like.'
export const campaignBody = (town: string, villain: string, adventure: string) =>
  `## What everybody knows

What do the players’ characters know of the region on the first evening? Three sentences will do.

## What nobody tells them

- What does ${villain} want, and what happens if nobody stops it?
- Who in ${town} knows, and why do they say nothing?

## Before the first evening

1. Write down who lives in ${town}, one sentence each.
2. Put the region on a map: upload a picture under Maps, and set pins.
3. Go through ${adventure}. Mark what the players must not see yet as a spoiler, and share the world with them as readers.`

export const playerCharacters = 'Player characters'
export const nonPlayerCharacters = 'Non-player characters'
export const secret = 'Secret'
export const openThread = 'Open thread'
export const patronServes = 'Without knowing whose money it is.'

export const firstCharacter: Text = ['First character', 'Who plays them? Where do they come from?']
export const secondCharacter: Text = ['Second character', 'Who plays them? Whom of the others do they know?']
export const thirdCharacter: Text = ['Third character', 'Who plays them? What are they running away from?']
export const fourthCharacter: Text = ['Fourth character', 'Who plays them? What would they never do?']
export const characterMotivation = 'What would they risk their life for?'
export const patron: Text = ['The patron', 'Pays well, and asks for discretion.']
export const innkeeper: Text = ['The innkeeper', 'Hears everything. Repeats half of it.']
export const rival: Text = ['The rival', 'After the same thing, and a day ahead.']
export const villain: Text = ['The villain', 'Behind it all. Nobody in town knows the name.']
export const villainMotivation = 'What are they about to get, and by when?'

export const region: Text = ['The region', 'A week from one end to the other, on foot.']
export const regionKind = 'region'
export const town: Text = ['The town', 'Where the characters meet, rest and spend what they find.']
export const townKind = 'town'
export const inn: Text = ['The inn', 'Beds, stew and rumours.']
export const innKind = 'inn'
export const wilds: Text = ['The wilds', 'Two days without a house. Something hunts here.']
export const wildsKind = 'wilderness'
export const lair: Text = ['The lair', 'Older than the town, and not as empty as people say.']
export const lairKind = 'ruin'
export const innermost: Text = ['The innermost chamber', 'Sealed, until lately.']
export const innermostKind = 'room'

export const treasure: Text = ['The treasure', 'What everybody is after. It does more than they think.']
export const treasureKind = 'artefact'
export const letter: Text = ['The letter', 'Unsigned. It names a place and a day.']
export const letterKind = 'letter'

export const adventure: Text = ['The first adventure', 'For three or four evenings.']
export const adventureLogline = 'The characters are hired to find something, and find out what it is for.'
export const hook: Text = ['How they get into it', 'The first evening.']
export const meeting: Text = ['An evening at the inn', 'The characters meet. Somebody has a job for them.']
export const meetingPurpose = 'Give each character one moment, and all of them one reason to go.'
export const rumours: Text = ['Asking around', 'Three people, three rumours. One of them is false.']
export const rumoursPurpose = 'Let them choose what to believe.'
export const journey: Text = ['On the way', 'The second evening.']
export const ambush: Text = ['Not alone', 'Somebody was here before them, or is still here.']
export const ambushPurpose = 'A first fight that can be lost without ending the story.'
export const camp: Text = ['By the fire', 'A quiet night. Somebody asks the question that nobody has asked.']
export const campPurpose = 'Time for the characters to talk to each other.'
export const showdown: Text = ['In the lair', 'The third evening.']
export const descent: Text = ['Going down', 'Traps, traces, and a door that somebody has opened from the inside.']
export const descentPurpose = 'Show what they are up against before they see it.'
export const confrontationBelow: Text = ['Face to face', 'What they came for, and whoever came for it too.']
export const confrontationBelowPurpose = 'Make them choose: the treasure, or somebody’s life.'
export const aftermath: Text = ['What it means', 'Back in town. The pay is right, and something is not.']
export const aftermathPurpose = 'Leave one question open for the next adventure.'
