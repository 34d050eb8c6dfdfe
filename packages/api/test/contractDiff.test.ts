import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compareReports } from '../scripts/compareReports.ts'
import { ownContract } from '../scripts/contract.ts'
import { makeReport, type Report, readReport, reportFile, type Schema } from '../scripts/report.ts'
import { openApiDocument } from '../src/index.ts'

const report = makeReport()

/** A copy of the report with a change; `schema` is one that may be written to. */
function changed(change: (copy: Writable) => void): Report {
  // Not structuredClone: what the procedures share would be changed for all of them.
  const copy = JSON.parse(JSON.stringify(report)) as Writable
  change(copy)
  return copy as unknown as Report
}
// biome-ignore lint/suspicious/noExplicitAny: it is broken on purpose
type Writable = { procedures: Record<string, any>; errors: string[]; definitions: Record<string, any> }

const said = (before: Report, after: Report) =>
  compareReports(before, after).map(({ of, text, isBreaking }) => `${isBreaking ? '✗' : ' '} ${of} ${text}`)

test('the report in the repository is of now (node packages/api/scripts/writeReport.ts)', () => {
  expect(readReport(reportFile)).toEqual(JSON.parse(JSON.stringify(report)))
})

test('has every procedure, with what it takes and what it answers', () => {
  expect(said(report, report)).toEqual([])
  const { 'persona.create': create, 'chat.send': send, 'world.changes': changes } = report.procedures
  expect(create).toMatchObject({ type: 'mutation', permission: 'entity:create', rest: 'POST /personas' })
  expect(create?.input?.required).toEqual(['worldId', 'name'])
  expect(create?.output).toEqual({ $ref: '#/$defs/Persona' })
  expect(report.definitions.Persona?.properties?.pronouns).toBeDefined()
  expect(send?.outputType).toContain('ChatEvent')
  expect(changes?.type).toBe('subscription')
  for (const [name, { output, outputType }] of Object.entries(report.procedures)) {
    expect(output ?? outputType, name).toBeTruthy()
  }
})

describe('says what breaks clients', () => {
  test.each<[string, (copy: Writable) => void, string[]]>([
    ['a procedure that is gone', (copy) => void delete copy.procedures['tag.merge'], ['✗ tag.merge is gone']],
    [
      'another type',
      ({ procedures }) => {
        procedures['tag.list'].type = 'mutation'
      },
      ['✗ tag.list is a mutation, was a query'],
    ],
    [
      'another address',
      ({ procedures }) => {
        procedures['tag.merge'].rest = null
      },
      ['✗ tag.merge POST /tags/{id}/merge is gone'],
    ],
    [
      'a permission',
      ({ procedures }) => {
        procedures['tag.list'].permission = 'world:update'
      },
      ['✗ tag.list takes world:update'],
    ],
    [
      'fewer credentials',
      ({ procedures }) => void procedures['tag.list'].credentials.pop(),
      ['✗ tag.list is not for apiKey any more'],
    ],
    [
      'signing in lately',
      ({ procedures }) => {
        procedures['tag.list'].fresh = true
      },
      ['✗ tag.list takes having signed in lately'],
    ],
    ['a new reason', ({ errors }) => void errors.push('moonPhase'), ['✗ errors moonPhase is a new reason of refusals']],
    [
      'a field that has to be given',
      ({ procedures }) => {
        procedures['tag.create'].input.properties.mood = { type: 'string' }
        procedures['tag.create'].input.required.push('mood', 'color')
      },
      ['✗ tag.create input.color: has to be given', '✗ tag.create input.mood: has to be given'],
    ],
    [
      'a field that is not taken any more',
      ({ procedures }) => void delete procedures['tag.create'].input.properties.color,
      ['✗ tag.create input.color: is not taken any more'],
    ],
    [
      'a narrower bound',
      ({ procedures }) => {
        procedures['tag.list'].input.properties.worldId.maxLength = 10
      },
      ['✗ tag.list input.worldId: maxLength is 10, was not bounded'],
    ],
    [
      'fewer values',
      ({ procedures }) => void procedures['tag.create'].input.properties.color.enum.shift(),
      [expect.stringMatching(/✗ tag.create input.color: does not take "\w+" any more/)],
    ],
    [
      'an answered field that is gone, here and wherever it is answered',
      ({ definitions }) => void delete definitions.Tag.properties.color,
      expect.arrayContaining(['✗ tag.byId output.color: is gone', '✗ tag.create output.color: is gone']),
    ],
    [
      'an answer that may be null, or missing',
      ({ definitions }) => {
        definitions.Tag.properties.name = { anyOf: [{ type: 'string' }, { type: 'null' }] }
        definitions.Tag.required = definitions.Tag.required.filter((name: string) => name !== 'color')
      },
      expect.arrayContaining(['✗ tag.byId output.name: may be null', '✗ tag.byId output.color: may be missing']),
    ],
    [
      'an alternative that is not taken any more',
      ({ procedures }) => void procedures['changeSet.create'].input.properties.changes.items.oneOf.splice(2, 1),
      ['✗ changeSet.create input.changes[]: takes no delete any more'],
    ],
    [
      'another type where only types tell',
      ({ procedures }) => {
        procedures['secondFactor.beginTotp'].outputType = 'string'
      },
      ['✗ secondFactor.beginTotp output: is string, was TotpSetup'],
    ],
  ])('%s', (_, change, expected) => {
    expect(said(report, changed(change))).toEqual(expected)
  })
})

describe('says what does not break them, too', () => {
  test('what is new, wider in or narrower out', () => {
    const wider = changed(({ procedures, definitions }) => {
      procedures['moon.phase'] = procedures['tag.list']
      procedures['tag.create'].input.properties.mood = { type: 'string' }
      procedures['tag.create'].input.properties.color.enum.push('infrared')
      definitions.Tag.properties.mood = { type: 'string' }
    })
    const notices = compareReports(report, wider)
    expect(notices.filter(({ isBreaking }) => isBreaking)).toEqual([])
    expect(notices.map(({ of, text }) => `${of} ${text}`)).toEqual(
      expect.arrayContaining([
        'moon.phase is new',
        'tag.create input.mood: is new',
        'tag.create input.color: takes "infrared" as well',
        'tag.byId output.mood: is new',
      ]),
    )
    // The other way round, each of them breaks somebody.
    expect(compareReports(wider, report).some(({ isBreaking }) => isBreaking)).toBe(true)
  })

  test('a new kind of entry, which callers must expect', () => {
    const after = changed(({ definitions, procedures }) => {
      definitions.HistoryItem.properties.kind.enum.push('quest')
      const { items } = procedures['webhook.create'].input.properties.events
      items.pattern = items.pattern.replace('|tag|', '|quest|tag|')
    })
    const known = { ...after, kinds: [...report.kinds, 'quest'] }
    const notices = compareReports(report, known)
    expect(notices.length).toBeGreaterThan(0)
    expect(notices.filter(({ isBreaking }) => isBreaking)).toEqual([])
    expect(compareReports(report, { ...after, kinds: report.kinds }).some(({ isBreaking }) => isBreaking)).toBe(true)
  })

  test('what is going to be gone', () => {
    const before = changed(({ procedures }) => {
      procedures['examples.deprecated'].deprecated = null
    })
    expect(said(before, report)).toEqual([
      '  examples.deprecated is going to be gone on 2100-01-01: use examples.public',
    ])
  })

  test('definitions that contain themselves come to an end', () => {
    const tree: Schema = { type: 'object', properties: { child: { $ref: '#/$defs/Tree' }, leaf: { type: 'string' } } }
    const { leaf: _, ...others } = tree.properties ?? {}
    const before = changed(({ procedures, definitions }) => {
      definitions.Tree = tree
      procedures['tag.list'].output = { $ref: '#/$defs/Tree' }
    })
    const after = changed(({ procedures, definitions }) => {
      definitions.Tree = { ...tree, properties: others }
      procedures['tag.list'].output = { $ref: '#/$defs/Tree' }
    })
    expect(said(before, after)).toEqual(['✗ tag.list output.leaf: is gone'])
  })
})

test('what is going to be gone is struck through in types and in the API document', () => {
  const types = readFileSync(`${ownContract.outputDirectory}/index.d.ts`, 'utf8')
  expect(types).toMatch(
    /\/\*\* @deprecated It is going to be gone on 2100-01-01: use examples\.public\. \*\/\n\s+deprecated: Query</,
  )
  const operation = openApiDocument('http://localhost').paths['/examples/deprecated']?.get
  expect(operation).toMatchObject({ deprecated: true, description: expect.stringContaining('gone on 2100-01-01') })
})
