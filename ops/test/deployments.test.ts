import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { DockerfileParser } from 'dockerfile-ast'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { contextOf } from '../src/imageSteps.ts'
import { checkManifests, type Manifest, manifestsIn, readManifests } from '../src/manifests.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const scratch = fileURLToPath(new URL('../.test/manifests', import.meta.url))
const settings = new Set(
  [...(await readFile(path.join(repository, '.env.example'), 'utf8')).matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gm)].map(
    ([, name]) => name ?? '',
  ),
)
const notOurs = new Set(['NODE_ENV', 'HOST', 'PORT'])
const unknownSettings = (names: readonly string[]) => names.filter((name) => !settings.has(name) && !notOurs.has(name))

describe('Kubernetes', async () => {
  const manifests = await readManifests()
  const find = (kind: string, name = 'worldloom') => {
    const found = manifests.find(({ kind: one, object }) => one === kind && nameOf(object) === name)
    if (!found) throw new Error(`There is no ${kind} ${name}.`)
    return JSON.parse(JSON.stringify(found.object))
  }

  test('every object is one that Kubernetes knows, and what is not is found', async () => {
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(
      [
        ...['ConfigMap', 'Deployment', 'Deployment', 'HorizontalPodAutoscaler', 'Ingress', 'PodDisruptionBudget'],
        ...['Secret', 'Service'],
      ].sort(),
    )
    expect(await checkManifests(manifests, scratch)).toEqual([])
    const misspelt = manifestsIn(
      'wrong.yaml',
      (await readFile(path.join(repository, 'ops/kubernetes/server.yaml'), 'utf8')).replace(
        'readinessProbe',
        'readyProbe',
      ),
    )
    expect((await checkManifests(misspelt, scratch)).join('\n')).toContain('readyProbe')
    const wrong: Manifest[] = manifestsIn(
      'wrong.yaml',
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: Best, ports: []}',
    )
    expect((await checkManifests(wrong, scratch)).join('\n')).toMatch(/Best|allowed values/)
  })

  test('what selects pods finds them, and a pod that stops has the time that it takes', () => {
    const deployment = find('Deployment')
    const { labels } = deployment.spec.template.metadata
    expect(deployment.spec.selector.matchLabels).toEqual(labels)
    expect(find('Service').spec.selector).toEqual(labels)
    expect(find('PodDisruptionBudget').spec.selector.matchLabels).toEqual(labels)
    expect(find('Deployment', 'worldloom-worker').spec.template.metadata.labels).not.toEqual(labels)
    const { terminationGracePeriodSeconds, containers } = deployment.spec.template.spec
    const stopping = Number.parseInt(find('ConfigMap').data.SHUTDOWN_TIMEOUT, 10)
    expect(terminationGracePeriodSeconds).toBeGreaterThan(containers[0].lifecycle.preStop.sleep.seconds + stopping)
  })

  test('nothing runs as root, or can write to its own files', () => {
    for (const name of ['worldloom', 'worldloom-worker']) {
      const { securityContext, containers } = find('Deployment', name).spec.template.spec
      expect(securityContext.runAsNonRoot).toBe(true)
      for (const container of containers) {
        expect(container.securityContext).toMatchObject({
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
        })
      }
    }
  })

  test('settings are ones that there are', () => {
    expect(unknownSettings(Object.keys(find('ConfigMap').data))).toEqual([])
    expect(unknownSettings(Object.keys(find('Secret').stringData))).toEqual([])
  })
})

describe('containers', () => {
  test('what the Dockerfile copies is there, and what it starts', async () => {
    const { files } = await contextOf(repository)
    expect(files.some((file) => file.startsWith('.env') && file !== '.env.example')).toBe(false)
    const text = await readFile(path.join(repository, 'Dockerfile'), 'utf8')
    for (const copy of DockerfileParser.parse(text).getCOPYs()) {
      if (copy.getFlags().some((flag) => flag.getName() === 'from')) continue
      for (const source of copy.getArguments().slice(0, -1)) {
        const name = source.getValue()
        expect(name === '.' || files.includes(name), name).toBe(true)
      }
    }
    expect(files).toContain('apps/server/src/main.ts')
    expect(text).toMatch(/^USER node$/m)
  })

  test('compose names services, volumes, files and settings that there are', async () => {
    const compose = parse(await readFile(path.join(repository, 'compose.yaml'), 'utf8'), { merge: true })
    const services = Object.entries<Record<string, never>>(compose.services)
    for (const [name, service] of services) {
      const needed: string[] = Array.isArray(service.depends_on)
        ? service.depends_on
        : Object.keys(service.depends_on ?? {})
      for (const other of needed) expect(Object.keys(compose.services), name).toContain(other)
      for (const volume of (service.volumes ?? []) as string[]) {
        const [source = ''] = volume.split(':')
        if (source.startsWith('.')) expect((await stat(path.join(repository, source))).isFile(), volume).toBe(true)
        else expect(Object.keys(compose.volumes), volume).toContain(source)
      }
    }
    for (const name of ['server', 'worker']) {
      expect(unknownSettings(Object.keys(compose.services[name].environment))).toEqual([])
      expect(compose.services[name].read_only).toBe(true)
    }
    expect(compose.services.server.deploy.replicas).toBe(2)
  })
})

test('systemd: what is started is there, and settings are ones that there are', async () => {
  const directory = path.join(repository, 'ops/systemd')
  for (const name of await readdir(directory)) {
    const text = await readFile(path.join(directory, name), 'utf8')
    for (const [, script = ''] of text.matchAll(/^ExecStart=\S+ (\S+)/gm)) {
      expect((await stat(path.join(repository, script))).isFile(), script).toBe(true)
    }
    for (const [, line = ''] of text.matchAll(/^Environment=(.*)$/gm)) {
      expect(unknownSettings(line.split(' ').map((pair) => pair.split('=')[0] ?? ''))).toEqual([])
    }
  }
})

function nameOf(object: Record<string, unknown>): unknown {
  const { metadata } = object
  return typeof metadata === 'object' && metadata !== null && 'name' in metadata ? metadata.name : undefined
}
