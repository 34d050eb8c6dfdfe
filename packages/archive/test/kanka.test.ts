import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { Vault } from '../src/vault/openVault.ts'
import { ZipFiles } from '../src/vault/openZip.ts'
import { planVault } from '../src/vault/planVault.ts'

const directory = await mkdtemp(path.join(os.tmpdir(), 'worldloom-kanka-'))
afterAll(() => rm(directory, { recursive: true, force: true }))

async function zipped(files: Readonly<Record<string, unknown>>): Promise<string> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)), name)
  }
  zip.end()
  const file = path.join(directory, `${Object.keys(files).length}-${Math.random()}.zip`)
  await pipeline(zip.outputStream, createWriteStream(file))
  return file
}

const gallery = '0f5a1c62-9a43-4a2b-9d7e-111111111111'

/** In the shape of Kanka's own export: modules with ids of their own, entities with theirs. */
const campaign = {
  'campaign.json': { id: 1, name: 'Thaelia', entry: '<h2>Before</h2><p>See [location:900|the <b>coast</b>].</p>' },
  'settings/modules.json': { characters: { enabled: true } },
  'tags/1.json': { id: 1, name: 'Heroes', entity: { id: 100 } },
  'characters/5.json': {
    id: 5,
    name: 'Ada Vey',
    title: 'the Bold',
    age: 31,
    pronouns: 'she/her',
    type: 'NPC',
    entry: `<p>Lives in [location:900], with [character:901|her "friend"]. <img data-gallery-id="${gallery}" src="x"></p><script>alert(1)</script>`,
    characterTraits: [{ name: 'Eyes', entry: 'grey', section_id: 1 }],
    characterFamilies: [{ family_id: 3 }],
    organisationMemberships: [{ id: 1, organisation_id: 4, role: 'Clerk' }],
    entity: {
      id: 899,
      tooltip: '<p>A keeper.</p>',
      image_uuid: gallery,
      posts: [{ id: 1, name: 'Secret', entry: '<ul><li>One</li></ul>' }],
      entityAttributes: [{ name: 'Level', value: 3 }],
      entityTags: [{ tag_id: 1 }],
      entityLocations: [{ location_id: 7 }],
      relationships: [
        { target_id: 901, relation: 'Rival' },
        { target_id: 5555, relation: 'Gone' },
      ],
    },
  },
  'characters/6.json': { id: 6, name: 'Bo', entry: null, entity: { id: 901 } },
  'families/3.json': { id: 3, name: 'House Vey', entry: '', entity: { id: 902 } },
  'organisations/4.json': { id: 4, name: 'The Guild', entity: { id: 903, entry: '<p>New format.</p>' } },
  'locations/7.json': { id: 7, name: 'Coast', type: 'Shore', parent_id: 8, entity: { id: 900 } },
  'locations/8.json': { id: 8, name: 'World', entity: { id: 904 } },
  'items/9.json': { id: 9, name: 'Lamp', character_id: 5, entity: { id: 905 } },
  'quests/2.json': { id: 2, name: 'The Lamp', entity: { id: 906 } },
  'timelines/1.json': { nothing: 'known' },
  [`gallery/${gallery}.json`]: { id: gallery, name: 'Portrait of Ada', ext: 'png', is_folder: 0 },
  [`gallery/${gallery}.png`]: 'pixels',
}

const about = { mediaType: 'image/png', width: 1, height: 1, byteSize: 1, checksum: 'x' }

describe('a campaign that Kanka exported', () => {
  test('becomes a world: entities, texts, mentions, relations, tags and pictures', async () => {
    const vault = await Vault.read(await ZipFiles.open(await zipped(campaign)))
    const images = new Map(vault.imagePaths.map((each) => [each, about]))
    vault.close()
    const { world, rows } = planVault(vault.notes, images, 'unused')
    const of = (file: string) => rows.get(`${file}.ndjson`) ?? []
    const named = (file: string, name: string) => of(file).find((row) => row.name === name)
    expect(world).toMatchObject({ name: 'Thaelia' })
    const coast = named('locations', 'Coast')
    expect(world.body).toBe(`## Before\n\nSee [the **coast**](entry:${coast?.id}).`)
    expect(of('personas').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Ada Vey', 'Bo', 'House Vey', 'The Guild']),
    )
    const ada = named('personas', 'Ada Vey')
    const portrait = named('images', 'Portrait of Ada')
    expect(ada).toMatchObject({
      epithet: 'the Bold',
      pronouns: 'she/her',
      description: 'A keeper.',
      coverId: portrait?.id,
    })
    expect(ada?.body).toBe(
      [
        `Lives in [@Coast](entry:${coast?.id}), with [her "friend"](entry:${named('personas', 'Bo')?.id}). ![Portrait of Ada](entry:${portrait?.id})`,
        '- **Eyes:** grey',
        '## Secret',
        '-   One',
        [
          '- **Sort:** NPC',
          '- **Age:** 31',
          `- **Place:** [@Coast](entry:${coast?.id})`,
          `- **Families:** [@House Vey](entry:${named('personas', 'House Vey')?.id})`,
          `- **Organisations:** [@The Guild](entry:${named('personas', 'The Guild')?.id}) (Clerk)`,
          '- **Level:** 3',
          '',
        ].join('\n'),
      ].join('\n\n'),
    )
    expect(named('personas', 'The Guild')?.body).toContain('New format.')
    expect(coast).toMatchObject({ locationKind: 'Shore', parentId: named('locations', 'World')?.id })
    expect(named('things', 'Lamp')).toMatchObject({ ownerPersonaId: ada?.id, thingKind: 'item' })
    expect(named('stories', 'The Lamp')).toBeDefined()
    expect(of('tags')).toMatchObject([{ name: 'Heroes' }])
    expect(of('link-kinds')).toMatchObject([{ name: 'rival', inverseName: 'rival of' }, { name: 'gone' }])
    expect(of('links')).toMatchObject([{ fromId: ada?.id, toId: named('personas', 'Bo')?.id }])
    expect(JSON.stringify([...rows])).not.toContain('alert(1)')
  })

  test('that is broken is refused with a sentence', async () => {
    const broken = async (files: Readonly<Record<string, unknown>>) =>
      await Vault.read(await ZipFiles.open(await zipped({ ...campaign, ...files }))).catch(
        (error: Error) => error.message,
      )
    expect(await broken({ 'characters/5.json': '{' })).toBe('characters/5.json is no JSON.')
    expect(await broken({ 'campaign.json': {} })).toBe('campaign.json has no name of a campaign in it.')
  })
})
