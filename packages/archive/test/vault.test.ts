import { describe, expect, test } from 'vitest'
import { fileNameOf, kindNamed } from '../src/vault/fileNames.ts'
import { readNote, writeNote } from '../src/vault/note.ts'
import { type PlannedImage, planVault } from '../src/vault/planVault.ts'
import { type Target, toMentions, toWikiLinks } from '../src/vault/wikiLinks.ts'

const wren: Target = { id: '0000', isImage: false, displayName: 'Wren Halloran' }
const chart: Target = { id: '1111', isImage: true, displayName: 'Chart' }
const find = (reference: string) =>
  ({ wren, 'people/wren': wren, 'wren.md': wren, 'chart.png': chart })[reference.toLowerCase()]

describe('links between notes', () => {
  test.each([
    ['[[Wren]] sails', '[Wren](entry:0000) sails'],
    ['[[People/Wren|Wren Halloran]]', '[@Wren Halloran](entry:0000)'],
    ['[[Wren#Youth|the keeper]]', '[the keeper](entry:0000)'],
    ['| [[Wren\\|her]] |', '| [her](entry:0000) |'],
    ['[her [best]](Wren.md)', '[her [best]](Wren.md)'],
    ['[her](Wren.md "a title")', '[her](entry:0000)'],
    ['[her](<Wren.md>)', '[her](entry:0000)'],
    ['![[chart.png]]', '![Chart](entry:1111)'],
    ['![[chart.png|300]]', '![Chart](entry:1111)'],
    ['![[chart.png|The coast]]', '![The coast](entry:1111)'],
    ['![The coast](chart.png)', '![The coast](entry:1111)'],
    ['![[Wren]]', '[Wren](entry:0000)'],
    ['[[Nobody]] and [[a/b/Nobody|them]]', 'Nobody and them'],
    ['[far](https://example.com/wren.md)', '[far](https://example.com/wren.md)'],
    ['`[[Wren]]` and\n```\n[[Wren]]\n```', '`[[Wren]]` and\n```\n[[Wren]]\n```'],
  ])('%j becomes %j', (text, made) => {
    expect(toMentions(text, find)).toBe(made)
  })

  test('are written for mentions, and read as the same', () => {
    const id = '019b2c3d-4e5f-7a6b-8c7d-9e0f1a2b3c4d'
    const image = '019b2c3d-4e5f-7a6b-8c7d-9e0f1a2b3c4e'
    const pathOf = (given: string) =>
      given === id
        ? { path: 'Personas/Wren', displayName: 'Wren Halloran' }
        : given === image
          ? { path: 'Images/Chart.png', displayName: 'Chart' }
          : undefined
    const text = `[@Wren Halloran](entry:${id}), [her](entry:${id}) ![Coast](entry:${image}) [gone](entry:${id.replace('4d', '00')})`
    const written = toWikiLinks(text, pathOf)
    expect(written).toBe('[[Personas/Wren|Wren Halloran]], [[Personas/Wren|her]] ![[Images/Chart.png|Coast]] gone')
    const back = toMentions(written, (reference) =>
      reference === 'Personas/Wren'
        ? { id, isImage: false, displayName: 'Wren Halloran' }
        : { id: image, isImage: true, displayName: 'Chart' },
    )
    expect(back).toBe(text.replace(/\[gone\].*$/, 'gone'))
  })
})

describe('a note', () => {
  test('has properties before its text', () => {
    expect(readNote('---\nkind: persona\nborn: 412-03\ntags: [a, b]\n---\nText\n')).toEqual({
      properties: { kind: 'persona', born: '412-03', tags: ['a', 'b'] },
      text: 'Text\n',
    })
    expect(readNote('\uFEFF---\r\nkind: thing\r\n---\r\nText')).toEqual({ properties: { kind: 'thing' }, text: 'Text' })
    expect(readNote('---\n---\nText')).toEqual({ properties: {}, text: 'Text' })
  })

  test.each([
    'No properties',
    '---\nnot: [closed\n---\nText',
    '---\njust words\n---\nText',
    '---\na: &a [1]\nb: [*a, *a]\n---\nText',
    '---\nnever closed',
    '',
  ])('%j is text as a whole', (file) => {
    expect(readNote(file)).toEqual({ properties: {}, text: file })
  })

  test('is read as it was written', () => {
    const note = { properties: { name: 'A: "b"', list: ['[[x]]'], n: 3, is: true }, text: '---\nText\n\n# —\n' }
    expect(readNote(writeNote(note))).toEqual(note)
    expect(readNote(writeNote({ properties: { a: '', b: null, c: [], d: undefined }, text: '' }))).toEqual({
      properties: {},
      text: '',
    })
  })
})

test('names are valid on every file system', () => {
  expect(fileNameOf('A/B: "C" [d] #e ^f|g')).toBe('A B C d e f g')
  expect(fileNameOf('...')).toBe('Unnamed')
  expect(Buffer.byteLength(fileNameOf('名'.repeat(200)))).toBeLessThanOrEqual(200)
  expect(kindNamed('01 - Characters')).toBe('persona')
  expect(kindNamed('Places & Regions')).toBe('location')
  expect(kindNamed('Journal')).toBeUndefined()
})

describe('a vault', () => {
  const plan = (files: Readonly<Record<string, string>>, images: ReadonlyMap<string, PlannedImage> = new Map()) => {
    const notes = Object.entries(files).map(([path, file]) => ({ ...readNote(file), path }))
    const { world, rows } = planVault(notes, images, 'My vault')
    const of = (file: string) => rows.get(`${file}.ndjson`) ?? []
    const named = (file: string, name: string) => of(file).find((row) => row.name === name)
    return { world, of, named, rows }
  }

  test('has entries of the kind that a property or a folder says, and things otherwise', () => {
    const { of, world } = plan({
      'Characters/Wren': 'She counts.',
      'Characters/Guild/The Bell Guild': '',
      'Places/Harbour': '',
      'Loose note': '',
      'Anywhere/Edda': '---\ntype: NPC\n---\n',
    })
    expect(of('personas').map(({ name }) => name)).toEqual(['Edda', 'The Bell Guild', 'Wren'])
    expect(of('locations').map(({ name }) => name)).toEqual(['Harbour'])
    expect(of('things').map(({ name }) => name)).toEqual(['Loose note'])
    expect(world).toMatchObject({ name: 'My vault', visibility: 'private', language: 'simple' })
  })

  test('keeps what its properties say: in fields where there are some, and in the text otherwise', () => {
    const { named } = plan({
      'Characters/Wren':
        '---\nPronouns: she/her\nDate of birth: 380\nage: 32\nHometown: "[[Harbour]]"\naliases: [The Reed]\n---\nShe counts.',
      'Places/Harbour': '',
    })
    const wren = named('personas', 'Wren')
    expect(wren).toMatchObject({ pronouns: 'she/her', bornOn: '380' })
    expect(wren?.body).toMatch(
      /^She counts\.\n\n- \*\*age:\*\* 32\n- \*\*Hometown:\*\* \[@Harbour\]\(entry:[\w-]+\)\n- \*\*aliases:\*\* The Reed\n$/,
    )
  })

  test('makes placeholders of what is mentioned and not there, once', () => {
    const { of, named } = plan({
      A: '[[The Reed]], [[Missing]], [[missing|it]], ![[lost.png]]',
      'People/Wren': '---\naliases: The Reed\n---\n',
    })
    expect(of('things').map(({ name, isPlaceholder }) => [name, isPlaceholder])).toEqual([
      ['A', false],
      ['Missing', true],
    ])
    expect(named('things', 'A')?.body).toMatch(
      /^\[The Reed\]\(entry:\S+\), \[@Missing\]\(entry:(\S+)\), \[it\]\(entry:\1\), lost\.png$/,
    )
  })

  test('gives scenes and acts the stories of their folders, in order', () => {
    const { of, named } = plan({
      'Stories/The Night': '',
      'Chapters/The Night/2 Later': '',
      'Chapters/The Night/10 Last': '',
      'Chapters/The Night/1 First': '',
      'Chapters/Loose': '',
    })
    const story = named('stories', 'The Night')
    const inNight = of('acts').find((act) => act.storyId === story?.id)
    const scenes = of('scenes').filter(({ actId }) => actId === inNight?.id)
    expect(
      scenes.toSorted((one, other) => (String(one.position) < String(other.position) ? -1 : 1)).map(({ name }) => name),
    ).toEqual(['1 First', '2 Later', '10 Last'])
    expect(named('stories', 'My vault')).toBeDefined()
  })

  test('tags entries by their properties and in their texts', () => {
    const { of } = plan({
      A: '---\ntags: [dark, "#lost", Dark]\n---\n#lost and #deep/water, not `#`1 or a#b or #1',
      B: '---\ntags: dark, old\n---\n',
    })
    expect(of('tags').map(({ name }) => name)).toEqual(['dark', 'lost', 'deep/water', 'old'])
    expect(of('entry-tags')).toHaveLength(5)
  })

  test('nests locations by their folders, and none in itself', () => {
    const { named } = plan({
      'Places/Coast': '---\nlocation: "[[Tower]]"\n---\n',
      'Places/Coast/Harbour': '',
      'Places/Coast/Harbour/Tower': '',
    })
    const parents = ['Coast', 'Harbour', 'Tower'].map((name) => named('locations', name)?.parentId)
    expect(parents.filter((parent) => parent === null)).toHaveLength(1)
  })

  test('with the same names, or hostile ones, is still a world', () => {
    const { of } = plan({
      'People/A/Wren': '',
      'People/B/wren': '',
      'People/\u0000': '---\nname: "  "\n---\n',
      'People/Long': `---\ndescription: ${'x'.repeat(3000)}\n__proto__: {a: 1}\nconstructor: x\n---\n`,
    })
    expect(of('personas').map(({ name }) => name)).toEqual(expect.arrayContaining(['Wren', 'wren (2)', 'Long']))
    expect(of('personas')).toHaveLength(4)
    const long = of('personas').find(({ name }) => name === 'Long')
    expect(String(long?.description)).toHaveLength(2000)
    expect(String(long?.body)).toContain('x'.repeat(3000))
  })

  test('refuses a text that is too long, by its name', () => {
    expect(() => plan({ 'A/B': 'x'.repeat(650_001) })).toThrow('A/B.md has more than 650,000 characters.')
  })
})
