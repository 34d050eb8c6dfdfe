import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Copy, DockerfileParser, type Env, type From, type JSONInstruction } from 'dockerfile-ast'

const run = promisify(execFile)

/** A stage of an image, as a directory that stands for its root. */
export interface Stage {
  readonly root: string
  readonly workdir: string
  readonly env: Readonly<Record<string, string>>
  readonly user: string | undefined
  /** What it starts, in `exec` form. */
  readonly command: readonly string[]
  /** What says that it is well. */
  readonly healthcheck: readonly string[]
}

/**
 * Carries out a Dockerfile in directories, where there is no container engine: copies what it copies, and nothing else, and runs its
 * commands there with this machine's programs. Of an image that it starts from, nothing is there.
 *
 * @param context the files that may be copied, by their paths in `directory`
 * @returns the last stage
 * @throws for an instruction that it does not know, and for a command with an absolute path, which would leave the directory
 */
export async function buildInDirectories(
  dockerfile: string,
  context: { readonly directory: string; readonly files: readonly string[] },
  scratch: string,
): Promise<Stage> {
  const stages = new Map<string, Stage>()
  let current: Stage | undefined
  const parsed = DockerfileParser.parse(await readFile(dockerfile, 'utf8'))
  for (const instruction of parsed.getInstructions()) {
    const keyword = instruction.getKeyword()
    if (keyword === 'FROM') {
      const from = instruction as From // by its keyword
      const base = stages.get(from.getImage() ?? '')
      const root = path.join(scratch, from.getBuildStage() ?? 'image')
      await mkdir(root, { recursive: true })
      if (base) await cp(base.root, root, { recursive: true, verbatimSymlinks: true })
      current = base
        ? { ...base, root }
        : { root, workdir: '/', env: {}, user: undefined, command: [], healthcheck: [] }
      stages.set(from.getBuildStage() ?? 'image', current)
      continue
    }
    if (!current) throw new Error('The first instruction has to be FROM.')
    const stage: Stage = current
    const text = instruction.getRawArgumentsContent() ?? ''
    switch (keyword) {
      case 'ENV': {
        const properties = (instruction as Env).getProperties() // by its keyword
        const env = Object.fromEntries(properties.map((property) => [property.getName(), property.getValue() ?? '']))
        current = { ...stage, env: { ...stage.env, ...env } }
        break
      }
      case 'WORKDIR':
        await mkdir(path.join(stage.root, text), { recursive: true })
        current = { ...stage, workdir: text }
        break
      case 'COPY':
        await copyInto(stage, instruction as Copy, stages, context) // by its keyword
        break
      case 'RUN':
        if (/(^|\s)\//.test(text)) throw new Error(`Has an absolute path: RUN ${text}`)
        await run('/bin/sh', ['-c', text], {
          cwd: path.join(stage.root, stage.workdir),
          env: { PATH: process.env.PATH, HOME: process.env.HOME, ...proxies(), ...stage.env },
          maxBuffer: 64 * 1024 * 1024,
        })
        break
      case 'USER':
        current = { ...stage, user: text }
        break
      case 'CMD':
        current = { ...stage, command: argumentsOf(instruction as JSONInstruction) } // by its keyword
        break
      case 'HEALTHCHECK':
        current = { ...stage, healthcheck: JSON.parse(/\[.*\]/.exec(text)?.[0] ?? '[]') as string[] } // in exec form
        break
      case 'EXPOSE':
      case 'VOLUME':
        break
      default:
        throw new Error(`Nothing here knows what ${keyword} does.`)
    }
    for (const [name, known] of stages) if (known === stage) stages.set(name, current)
  }
  if (!current) throw new Error('There is no FROM.')
  return current
}

function argumentsOf(instruction: JSONInstruction): string[] {
  return instruction.getJSONStrings().map((string) => string.getJSONValue())
}

/** So that the registry is reached as it is from here. */
function proxies(): Record<string, string | undefined> {
  const names = Object.keys(process.env).filter((name) =>
    /^(npm_config_|https?_proxy|no_proxy|node_extra_ca)/i.test(name),
  )
  return Object.fromEntries(names.map((name) => [name, process.env[name]]))
}

async function copyInto(
  stage: Stage,
  instruction: Copy,
  stages: ReadonlyMap<string, Stage>,
  context: { readonly directory: string; readonly files: readonly string[] },
): Promise<void> {
  const paths = instruction.getArguments().map((argument) => argument.getValue())
  const target = paths.pop() ?? ''
  const into = path.resolve('/', stage.workdir, target)
  const from = instruction
    .getFlags()
    .find((flag) => flag.getName() === 'from')
    ?.getValue()
  for (const source of paths) {
    if (from) {
      const base = stages.get(from)
      if (!base) throw new Error(`There is no stage ${from}.`)
      const found = path.join(base.root, source)
      await stat(found)
      await cp(found, path.join(stage.root, into), { recursive: true, verbatimSymlinks: true })
      continue
    }
    const prefix = source === '.' ? '' : source.replace(/\/$/, '')
    const wanted = context.files.filter((file) => prefix === '' || file === prefix || file.startsWith(`${prefix}/`))
    if (wanted.length === 0) throw new Error(`COPY ${source}: there is no such file in the context.`)
    for (const file of wanted) {
      const isFile = file === prefix
      const inside = isFile ? path.basename(file) : path.relative(prefix, file)
      const destination = isFile && !target.endsWith('/') ? into : path.join(into, inside)
      await cp(path.join(context.directory, file), path.join(stage.root, destination))
    }
  }
}

/** The files of a checkout that `.dockerignore` lets through. */
export async function contextOf(directory: string): Promise<{ directory: string; files: string[] }> {
  const { stdout } = await run('git', ['ls-files', '-z'], { cwd: directory, maxBuffer: 64 * 1024 * 1024 })
  const patterns = (await readFile(path.join(directory, '.dockerignore'), 'utf8')).split('\n').filter(Boolean)
  const isIgnored = (file: string) => {
    let ignored = false
    for (const pattern of patterns) {
      const glob = pattern.replace(/^!/, '')
      if (path.matchesGlob(file, glob) || path.matchesGlob(file, `${glob}/**`)) ignored = !pattern.startsWith('!')
    }
    return ignored
  }
  return { directory, files: stdout.split('\0').filter((file) => file !== '' && !isIgnored(file)) }
}
