import { thirteenMoonsCalendar } from '@worldloom/schema'
import type { DescribedWorld } from '../templates/describedWorld.ts'
import { demoMaps } from './maps.ts'
import { demoPictures } from './pictures.ts'

/**
 * The demo world: people, places, things and stories that belong together, with what an author leaves behind by mistake:
 * three contradictions to find. `{Name}` in a text becomes a mention.
 */

const tags: DescribedWorld['tags'] = [
  { name: 'Keepers', color: 'yellow' },
  { name: 'Harrowgate folk', color: 'teal' },
  { name: 'The drowned', color: 'blue' },
  { name: 'Needs work', color: 'orange' },
  { name: 'Secrets', color: 'violet' },
]

const locations: DescribedWorld['locations'] = [
  {
    name: 'The Iron Shore',
    description: 'Ninety miles of red sand and wreck timber, from the harbour to the reef.',
    fields: { locationKind: 'coast' },
  },
  {
    name: 'Harrowgate',
    description: 'A harbour town built on the wrecks of its own fleet.',
    body: 'Every beam in Harrowgate has been a ship first. The oldest houses still lean with the wind they were built for. {Corin Vey} keeps the harbour, and {The Salt Ledger} with it.',
    inside: 'The Iron Shore',
    tags: ['Harrowgate folk'],
    fields: { locationKind: 'town', foundedOn: '12', coordinates: 'A1' },
  },
  {
    name: 'The Ninth Light',
    description: 'The lighthouse that went dark for one night.',
    body: 'A hundred and twelve steps, of which keepers count a hundred and eleven. {Wren Halloran} keeps it alone.',
    inside: 'The Iron Shore',
    tags: ['Keepers'],
    fields: { locationKind: 'lighthouse', foundedOn: '3', coordinates: 'D4' },
  },
  {
    name: 'The Lamp Room',
    description: 'Glass on all sides, and one pane that is newer than the others.',
    inside: 'The Ninth Light',
    fields: { locationKind: 'room' },
  },
  {
    name: 'The Salt Stairs',
    description: 'Cut into the rock below the Ninth Light, down to where the water should be.',
    inside: 'The Ninth Light',
    tags: ['Secrets'],
    fields: { locationKind: 'stairs' },
  },
  {
    name: 'The Eighth Light',
    description: 'The next light to the south. Its keeper answers no signals.',
    inside: 'The Iron Shore',
    tags: ['Keepers'],
    fields: { locationKind: 'lighthouse', foundedOn: '3', coordinates: 'D6' },
  },
  {
    name: 'The Bell Foundry',
    description: 'Where every tide bell of the coast was cast, and one too many.',
    body: 'The pit in the floor is as deep as the tower is high. {Bastian Oar} was born above it.',
    inside: 'Harrowgate',
    fields: { locationKind: 'workshop', foundedOn: '301' },
  },
  {
    name: 'The Drowned Chapel',
    description: 'It stood on the tide line until the storm of 390. Its roof is a reef now.',
    inside: 'The Iron Shore',
    tags: ['The drowned'],
    fields: { locationKind: 'chapel', foundedOn: '77', ruinedOn: '390-12' },
  },
  {
    name: 'Tarrow’s Landing',
    description: 'A beach that is on no chart, because the Tarrows draw the charts.',
    inside: 'The Iron Shore',
    fields: { locationKind: 'cove', coordinates: 'C7' },
  },
  {
    name: 'The Teeth',
    description: 'The reef at the end of the coast. Ships that pass it do not come back to say how.',
    inside: 'The Iron Shore',
    fields: { locationKind: 'reef', coordinates: 'F9' },
  },
  {
    name: 'Roake House',
    description: 'The only house of Harrowgate that was never a ship.',
    inside: 'Harrowgate',
    fields: { locationKind: 'house', foundedOn: '388' },
  },
]

const personas: DescribedWorld['personas'] = [
  {
    name: 'Wren Halloran',
    description: 'Keeper of the Ninth Light, who has not slept in a bed for six years.',
    body: 'She counts the steps each night and gets a hundred and eleven. Her father {Tomas Halloran} counted a hundred and twelve, and wrote it into {The Keeper’s Log} on the night he went down {The Salt Stairs}.',
    tags: ['Keepers'],
    fields: {
      epithet: 'the Sleepless',
      pronouns: 'she/her',
      bornOn: '384-03-10',
      born: 'On the stairs, as the lamp was lit.',
      motivations: 'To learn what her father saw.',
    },
  },
  {
    name: 'Bastian Oar',
    description: 'Tide-bell founder, deaf since the great ringing.',
    body: 'He reads bells with his hands. {The Low Bell} is the best thing he ever made, and the one he would unmake.',
    tags: ['Harrowgate folk'],
    fields: {
      epithet: 'Bell-father',
      pronouns: 'he/him',
      bornOn: '351-08',
      motivations: 'To unmake the bell he is proudest of.',
    },
  },
  {
    name: 'Tomas Halloran',
    description: 'Keeper of the Ninth Light before his daughter. He went down the Salt Stairs and left his boots.',
    tags: ['Keepers', 'The drowned'],
    fields: { pronouns: 'he/him', bornOn: '349', motivations: 'To keep the wall whole, at whatever price.' },
    spoilers: { motivations: 'The hundred and twelfth step' },
  },
  {
    name: 'Isolde Halloran',
    description: 'A chart-maker of the Eighth Light’s line, who left the coast and sends a letter a year.',
    fields: { pronouns: 'she/her', bornOn: '355' },
  },
  {
    name: 'The Drowned Man',
    description: 'He comes up the stairs when the lamp is out. He knows the names of the lights.',
    body: 'He is {Tomas Halloran}, as the sea remembers him.',
    tags: ['The drowned', 'Secrets'],
    fields: { epithet: 'the Guest', pronouns: 'he/him' },
    spoilers: { body: 'The hundred and twelfth step', entry: 'What came up the stairs' },
  },
  {
    name: 'Corin Vey',
    description: 'Harbourmaster. He writes down what everybody owes.',
    tags: ['Harrowgate folk'],
    fields: { pronouns: 'he/him', bornOn: '360', motivations: 'To be owed more than he owes.' },
  },
  {
    name: 'Edda Vey',
    description: 'His daughter, who can read the ledger upside down.',
    tags: ['Harrowgate folk'],
    fields: { pronouns: 'she/her', bornOn: '390-s3', motivations: 'To burn one page of it.' },
  },
  {
    name: 'Maud Oar',
    description: 'Bastian’s sister, who rings the bells he cannot hear.',
    tags: ['Harrowgate folk'],
    fields: { pronouns: 'she/her', bornOn: '357' },
  },
  {
    name: 'Old Perrin',
    description: 'Taught three generations to row, and never learned to swim.',
    body: 'He drowned in the storm of 390, within sight of {The Drowned Chapel}.',
    tags: ['The drowned'],
    fields: { pronouns: 'he/him', bornOn: '311', diedOn: '390-12-05', died: 'In the storm, in his own boat.' },
  },
  {
    name: 'Nell Tarrow',
    description: 'Smuggler and chart-maker. Her charts are true except where it pays.',
    fields: {
      pronouns: 'she/her',
      bornOn: '379',
      motivations: 'To find the way through the Teeth before her brother does.',
    },
  },
  {
    name: 'Jory Tarrow',
    description: 'Her brother, who sails without charts.',
    fields: { pronouns: 'he/him', bornOn: '382' },
  },
  {
    name: 'Captain Ysmay Roake',
    description: 'She came through the Teeth from the other side, and will not say what is there.',
    tags: ['Secrets'],
    fields: { pronouns: 'she/her', bornOn: '361', epithet: 'from Beyond' },
  },
  {
    name: 'Brother Anselm',
    description: 'The last of the bell monks. He prays at low water, where the altar was.',
    fields: { pronouns: 'he/him', bornOn: '347' },
  },
  {
    name: 'The Tidewarden',
    description: 'An office nobody has held since the lights were built, and that signs its letters.',
    tags: ['Secrets', 'Needs work'],
    fields: {},
  },
  {
    name: 'Lys',
    description: 'A child who was found in the lamp room on the morning after, dry.',
    tags: ['Secrets'],
    fields: { pronouns: 'she/her', bornOn: '412-13-02' },
    spoilers: { entry: 'Morning, and a child' },
  },
  {
    name: 'The First Keeper',
    description: '',
    fields: { isPlaceholder: true },
  },
]

const things: DescribedWorld['things'] = [
  {
    name: 'The Low Bell',
    description: 'It rings once for every keeper lost, and it has begun to ring early.',
    body: 'Cast by {Bastian Oar} in one night. It is said that {The First Keeper} is in the bronze.',
    owner: 'Bastian Oar',
    fields: { thingKind: 'bell', madeOn: '389-11' },
  },
  {
    name: 'The Ninth Lamp',
    description: 'It burns oil, and something else.',
    fields: { thingKind: 'lamp', madeOn: '3' },
  },
  {
    name: 'The Keeper’s Log',
    description: 'Every night of the Ninth Light since 301. One page is wet.',
    fields: { thingKind: 'book', madeOn: '301' },
  },
  {
    name: 'The Salt Ledger',
    description: 'What every family owes the sea, in Corin Vey’s hand.',
    owner: 'Corin Vey',
    fields: { thingKind: 'book', madeOn: '12' },
  },
  {
    name: 'The Brass Key',
    description: 'Opens the door at the foot of the Salt Stairs. There is no door at the foot of the Salt Stairs.',
    tags: ['Secrets'],
    fields: { thingKind: 'key' },
  },
  {
    name: 'The Founder’s Hammer',
    description: 'The last thing that struck the Low Bell.',
    fields: { thingKind: 'tool', madeOn: '372' },
  },
  {
    name: 'Roake’s Sextant',
    description: 'Made for a sky with two more stars.',
    owner: 'Captain Ysmay Roake',
    fields: { thingKind: 'instrument' },
  },
  {
    name: 'The Tarrow Chart',
    description: 'The only true chart of the Teeth. Half of it.',
    fields: { thingKind: 'chart', madeOn: '405' },
  },
]

const stories: DescribedWorld['stories'] = [
  {
    name: 'The Founder’s Debt',
    description: 'How the bell came to be cast, and who paid for it.',
    fields: { logline: 'A founder promises the sea a bell, and delivers it.', genre: 'Tragedy', status: 'finished' },
    acts: [
      {
        name: 'Bronze',
        description: 'A promise is made before anybody asks its price.',
        scenes: [
          {
            name: 'An order without a name',
            description: 'A letter signed by the Tidewarden asks for a bell.',
            place: 'The Bell Foundry',
            cast: ['Bastian Oar', 'Maud Oar'],
            fields: { happensOn: '389-09-02', mood: 'curious' },
          },
          {
            name: 'Old Perrin brings tin',
            description: 'He will not say where he found it.',
            place: 'The Bell Foundry',
            cast: ['Bastian Oar', 'Old Perrin'],
            fields: { happensOn: '389-10-11', mood: 'warm' },
          },
          {
            name: 'The casting',
            description: 'The bell is poured in one night, and cools too fast.',
            place: 'The Bell Foundry',
            cast: ['Bastian Oar', 'Maud Oar', 'Brother Anselm'],
            things: ['The Low Bell', 'The Founder’s Hammer'],
            fields: { happensOn: '389-11-20T23:30', mood: 'awe' },
          },
        ],
      },
      {
        name: 'The great ringing',
        description: 'The bell is rung once, and a man never hears again.',
        scenes: [
          {
            name: 'It is hung',
            description: 'Harrowgate comes to see it. Nobody brings children.',
            place: 'Harrowgate',
            cast: ['Bastian Oar', 'Corin Vey', 'Tomas Halloran'],
            things: ['The Low Bell'],
            fields: { happensOn: '390-11-01' },
          },
          {
            name: 'The great ringing',
            description: 'One stroke. The glass of four lighthouses breaks.',
            place: 'Harrowgate',
            cast: ['Bastian Oar', 'Maud Oar'],
            things: ['The Low Bell', 'The Founder’s Hammer'],
            fields: { happensOn: '390-12-04', mood: 'terror', purpose: 'Show what the bell is for.' },
          },
          {
            name: 'The storm',
            description: 'The sea comes for what it was promised.',
            place: 'The Drowned Chapel',
            cast: ['Old Perrin', 'Brother Anselm'],
            fields: { happensOn: '390-12-05', mood: 'loss' },
          },
          {
            name: 'What is written down',
            description: 'Corin Vey opens the ledger at a new page.',
            place: 'Harrowgate',
            cast: ['Corin Vey', 'Bastian Oar'],
            things: ['The Salt Ledger'],
            fields: { happensOn: '390-13' },
          },
        ],
      },
    ],
  },
  {
    name: 'The Night the Ninth Went Dark',
    description: 'One night, one lamp, and what came up the stairs.',
    fields: {
      logline: 'A keeper has until dawn to relight a lamp that does not want to burn.',
      genre: 'Gothic',
      status: 'draft',
    },
    acts: [
      {
        name: 'Low Water',
        description: 'The harbour empties further than anyone has seen.',
        scenes: [
          {
            name: 'The bell rings early',
            description: 'Bastian climbs the tower to find nobody at the rope.',
            body: 'It was not the tide. {The Low Bell} hung still, and rang. {Bastian Oar} felt it in the rail.',
            place: 'Harrowgate',
            cast: ['Bastian Oar'],
            things: ['The Low Bell'],
            fields: {
              happensOn: '412-12-01',
              happensAt: 'the third bell, midwinter',
              mood: 'dread',
              purpose: 'Break the rule that bells follow tides.',
            },
          },
          {
            name: 'Nell buys a boat',
            description: 'With money that is still wet.',
            place: 'Harrowgate',
            cast: ['Nell Tarrow', 'Corin Vey'],
            fields: { happensOn: '412-12-03', mood: 'sly' },
          },
          {
            name: 'Soundings',
            description: 'At the reef there is no water to sound.',
            place: 'The Teeth',
            cast: ['Nell Tarrow', 'Jory Tarrow'],
            things: ['The Tarrow Chart'],
            tags: ['Needs work'],
            fields: { happensOn: '412-12-03', mood: 'wonder' },
          },
          {
            name: 'A prayer at low water',
            description: 'Anselm walks to where the altar was, and finds it dry.',
            place: 'The Drowned Chapel',
            cast: ['Brother Anselm', 'Edda Vey'],
            tags: ['Needs work'],
            fields: { happensOn: '412-12-04' },
          },
        ],
      },
      {
        name: 'The lamp',
        description: 'It goes out, and it was not the wind.',
        scenes: [
          {
            name: 'A hundred and eleven',
            description: 'Wren counts the steps. She always does.',
            place: 'The Ninth Light',
            cast: ['Wren Halloran'],
            things: ['The Keeper’s Log'],
            fields: { happensOn: '412-13-01T21:00' },
          },
          {
            name: 'It goes out',
            description: 'Between one turn of the lens and the next.',
            place: 'The Lamp Room',
            cast: ['Wren Halloran'],
            things: ['The Ninth Lamp'],
            fields: { happensOn: '412-13-01T23:10', mood: 'dread', purpose: 'Take the wall away.' },
          },
          {
            name: 'Old Perrin rows out',
            description: 'Somebody has to tell the Eighth.',
            place: 'The Iron Shore',
            cast: ['Old Perrin', 'Edda Vey'],
            tags: ['Needs work'],
            fields: { happensOn: '412-13-01T23:40' },
          },
          {
            name: 'What came up the stairs',
            description: 'He knows her name, and asks to come in from the wet.',
            place: 'The Ninth Light',
            cast: ['Wren Halloran', 'The Drowned Man'],
            fields: { happensOn: '412-13-02T00:20', mood: 'terror', purpose: 'Give the sea a face she knows.' },
          },
        ],
      },
      {
        name: 'High Water',
        description: 'It all comes back at once.',
        scenes: [
          {
            name: 'The hundred and twelfth step',
            description: 'It is under water, and it holds.',
            place: 'The Salt Stairs',
            cast: ['Wren Halloran', 'The Drowned Man'],
            things: ['The Brass Key'],
            fields: { happensOn: '412-13-02T03:00' },
          },
          {
            name: 'Morning, and a child',
            description: 'The lamp is lit. Nobody lit it.',
            place: 'The Lamp Room',
            cast: ['Wren Halloran', 'Lys'],
            things: ['The Ninth Lamp'],
            fields: { happensOn: '412-13-02T07:30', mood: 'relief' },
          },
        ],
      },
    ],
  },
  {
    name: 'A Wall of Lamps',
    description: 'Forty lights, thirty-nine keepers, and a captain who has seen the other side.',
    fields: {
      logline: 'The woman who came through the Teeth is asked to go back.',
      genre: 'Adventure',
      status: 'outline',
    },
    acts: [
      {
        name: 'Signals',
        description: 'The lights are asked a question.',
        scenes: [
          {
            name: 'The Eighth answers',
            description: 'After thirty years, one word.',
            place: 'The Eighth Light',
            cast: ['Wren Halloran', 'Isolde Halloran'],
            fields: { happensOn: '413-03-08' },
          },
          {
            name: 'Supper at Roake House',
            description: 'The captain sets a place for nobody.',
            place: 'Roake House',
            cast: ['Captain Ysmay Roake', 'Wren Halloran', 'Edda Vey'],
            things: ['Roake’s Sextant'],
            fields: { happensOn: '413-04-19', mood: 'unease' },
          },
          {
            name: 'Half a chart',
            description: 'The Tarrows sell it twice.',
            place: 'Tarrow’s Landing',
            cast: ['Nell Tarrow', 'Jory Tarrow', 'Captain Ysmay Roake'],
            things: ['The Tarrow Chart'],
            fields: { happensOn: '413-05' },
          },
          {
            name: 'A page is burnt',
            description: 'Edda chooses which.',
            place: 'Harrowgate',
            cast: ['Edda Vey', 'Corin Vey'],
            things: ['The Salt Ledger'],
            fields: { happensOn: '413-05-27' },
          },
        ],
      },
      {
        name: 'Through the Teeth',
        description: 'There is a way. It is not for ships.',
        scenes: [
          {
            name: 'The bell is struck again',
            description: 'Maud strikes it, and Bastian hears.',
            place: 'Harrowgate',
            cast: ['Maud Oar', 'Bastian Oar'],
            things: ['The Low Bell', 'The Founder’s Hammer'],
            fields: { happensOn: '413-06-01' },
          },
          {
            name: 'Walking out',
            description: 'They go on foot, between the hulls.',
            place: 'The Teeth',
            cast: ['Wren Halloran', 'Captain Ysmay Roake', 'Jory Tarrow'],
            fields: { happensOn: '413-06-02', mood: 'awe' },
          },
          {
            name: 'The other side of the wall',
            description: 'Somebody is keeping lamps there too.',
            place: 'The Teeth',
            cast: ['Wren Halloran', 'The Tidewarden'],
            tags: ['Secrets'],
            fields: { happensOn: '413-06-03' },
          },
        ],
      },
    ],
  },
]

const books: DescribedWorld['books'] = [
  {
    name: 'Salt Debts',
    description: 'The first collection of Iron Coast stories.',
    stories: ['The Founder’s Debt', 'The Night the Ninth Went Dark'],
  },
]

const links: DescribedWorld['links'] = [
  ['Tomas Halloran', 'fatherOf', 'Wren Halloran'],
  ['Isolde Halloran', 'motherOf', 'Wren Halloran'],
  ['Corin Vey', 'fatherOf', 'Edda Vey'],
  ['Bastian Oar', 'siblingOf', 'Maud Oar'],
  ['Nell Tarrow', 'siblingOf', 'Jory Tarrow'],
  ['Tomas Halloran', 'marriedTo', 'Isolde Halloran', { beganOn: '380', endedOn: '391' }],
  ['Bastian Oar', 'friendOf', 'Tomas Halloran', { note: 'Until the bell.', endedOn: '390-12' }],
  ['Wren Halloran', 'friendOf', 'Edda Vey'],
  ['Old Perrin', 'teacherOf', 'Tomas Halloran'],
  ['Old Perrin', 'teacherOf', 'Nell Tarrow', { endedOn: '390' }],
  [
    'Tomas Halloran',
    'teacherOf',
    'Wren Halloran',
    { note: 'To count, and never to trust the count.', beganOn: '390', endedOn: '406' },
  ],
  ['Brother Anselm', 'teacherOf', 'Maud Oar'],
  ['Nell Tarrow', 'enemyOf', 'Corin Vey'],
  ['Jory Tarrow', 'loves', 'Edda Vey', { beganOn: '411' }],
  ['Edda Vey', 'loves', 'Wren Halloran'],
  ['Bastian Oar', 'owesADebtTo', 'The Tidewarden', { note: 'For a bell that was paid in advance.', beganOn: '389' }],
  ['Wren Halloran', 'owesADebtTo', 'Corin Vey', { note: 'Her father’s, with interest.', beganOn: '406' }],
  ['Nell Tarrow', 'owesADebtTo', 'Old Perrin', { note: 'A boat.' }],
  ['Captain Ysmay Roake', 'owesADebtTo', 'The Drowned Man', { note: 'He let her pass.' }],
  ['Corin Vey', 'serves', 'The Tidewarden', { note: 'He thinks it is an office.' }],
  ['Brother Anselm', 'serves', 'The Tidewarden', { note: 'He knows that it is not.' }],
  ['Wren Halloran', 'livesIn', 'The Ninth Light', { beganOn: '384' }],
  ['Tomas Halloran', 'livesIn', 'The Ninth Light', { beganOn: '372', endedOn: '406' }],
  ['Isolde Halloran', 'livesIn', 'The Eighth Light', { beganOn: '391' }],
  ['Bastian Oar', 'livesIn', 'The Bell Foundry'],
  ['Maud Oar', 'livesIn', 'The Bell Foundry'],
  ['Corin Vey', 'livesIn', 'Harrowgate'],
  ['Edda Vey', 'livesIn', 'Harrowgate'],
  ['Nell Tarrow', 'livesIn', 'Tarrow’s Landing'],
  ['Jory Tarrow', 'livesIn', 'Tarrow’s Landing'],
  ['Captain Ysmay Roake', 'livesIn', 'Roake House', { beganOn: '388' }],
  ['Corin Vey', 'rules', 'Harrowgate', { beganOn: '385' }],
  ['Tomas Halloran', 'owns', 'The Keeper’s Log', { beganOn: '372', endedOn: '406' }],
  ['Wren Halloran', 'owns', 'The Keeper’s Log', { beganOn: '406' }],
  ['Tomas Halloran', 'owns', 'The Brass Key', { endedOn: '406-09' }],
  ['The Drowned Man', 'owns', 'The Brass Key', { beganOn: '406-09' }],
  ['Bastian Oar', 'made', 'The Low Bell', { beganOn: '389-11-20' }],
  ['Nell Tarrow', 'made', 'The Tarrow Chart', { beganOn: '405' }],
  ['Maud Oar', 'owns', 'The Founder’s Hammer'],
  ['The great ringing', 'causes', 'The storm'],
  ['It goes out', 'causes', 'What came up the stairs'],
  ['Captain Ysmay Roake', 'rules', 'Roake House'],
]

export const ironCoastName = 'The Iron Coast'

export const ironCoast: DescribedWorld = {
  description:
    'A drowned shoreline where lighthouses are kept burning against something older than ships, and every family owes the sea a debt.',
  body: [
    'Forty lighthouses stand between {Harrowgate} and {The Teeth}. Nobody remembers who built them; everybody remembers what happened the winter {The Ninth Light} went dark.',
    '## What everyone knows',
    '- The tide bells ring **before** the tide.\n- Iron rusts overnight below the high-water line, except on the one day a year it does not.\n- A keeper never says the name of the light next to theirs.',
    '## What almost nobody knows',
    'The lights are not a warning to ships. They are a wall.',
  ].join('\n\n'),
  language: 'english',
  calendar: thirteenMoonsCalendar,
  ...{ tags, locations, personas, things, stories, books, links },
  pictures: demoPictures,
  maps: demoMaps,
}
