import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { type Language, languagePath, languages } from '@worldloom/schema'
import { html as escaping } from 'hono/html'
import { z } from 'zod'
import type { AppContext } from './appTypes.ts'
import { callProcedure } from './callProcedure.ts'
import { chosenLanguage } from './chosenLanguage.ts'
import { chosenTheme } from './chosenTheme.ts'
import { type ContextDependencies, createContext } from './requestContext.ts'
import { contentSecurityPolicy } from './response.ts'

const querySchema = z.union([
  z.object({
    procedure: z.string(),
    input: z.record(z.string(), z.unknown()).optional(),
    isPaged: z.boolean().optional(),
    isSearched: z.boolean().optional(),
  }),
  z.object({ route: z.string() }),
])
const pagesSchema = z.array(
  z.object({
    path: z.string(),
    /** Files to preload. */
    modules: z.array(z.string()),
    /** The page's first queries. */
    queries: z.array(querySchema),
    /** Shown until the app runs: HTML with `{name}` for a field of the procedure's output. */
    opening: z.object({ procedure: z.string(), html: z.string() }).optional(),
  }),
)

type FirstQuery = z.output<typeof querySchema>
type PageEntry = z.output<typeof pagesSchema>[number]

interface Page extends Readonly<Pick<PageEntry, 'modules' | 'queries' | 'opening'>> {
  readonly pattern: RegExp
  readonly parameters: readonly string[]
}

/** The built `index.html` with its styles, and the content security policy that allows them. */
interface Template {
  readonly modifiedAt: number
  readonly pages: readonly Page[]
  readonly html: string
  /** The same without the shell that signed-in visitors see before the app runs. */
  readonly withoutShell: string
  readonly policy: string
}

export interface FirstPaintDependencies extends ContextDependencies {
  /** The responses of public routes that pages read first. */
  readonly publicAnswers: Readonly<Record<string, unknown>>
}

export interface RenderedPage {
  readonly html: string
  readonly status: 200 | 404
  readonly headers: Record<string, string>
}

/**
 * The HTML of the app's pages: with their styles, the modules to preload, and the data of their first queries. That
 * data is read with the visitor's own permissions, so such a page must not be stored.
 */
export class FirstPaint {
  readonly #directory: string
  readonly #deps: FirstPaintDependencies
  readonly #templates = new Map<Language, Template>()
  /** The languages that the app is built in. */
  readonly #built: ReadonlySet<Language>

  /** @param directory the built web app */
  constructor(directory: string, deps: FirstPaintDependencies) {
    this.#directory = directory
    this.#deps = deps
    this.#built = new Set(
      languages.filter((language) => existsSync(path.join(directory, languagePath(language), 'index.html'))),
    )
  }

  async render(c: AppContext): Promise<RenderedPage> {
    const chosen = chosenLanguage(c)
    const language = this.#built.has(chosen) ? chosen : languages[0]
    const { pages, html, withoutShell, policy } = this.#read(language)
    const page = pages.find(({ pattern }) => pattern.test(c.req.path))
    // Search parameters change what some pages query. Those pages query by themselves.
    const isSearched = c.req.url.includes('?')
    const queries = page?.queries.filter((query) => !isSearched || !('isSearched' in query)) ?? []
    const answers = page ? await this.#answer(c, page, queries) : []
    const preloads = (page?.modules ?? []).map(
      (file) => `<link rel="modulepreload" crossorigin href="${languagePath(language)}${file}">`,
    )
    const data = `<script type="application/json" id="first-data">${jsonForHtml(answers)}</script>`
    const theme = chosenTheme(c)
    const isPersonal = answers.some((answer) => 'procedure' in answer)
    return {
      status: page ? 200 : 404,
      html: (isPersonal ? html : withoutShell)
        .replace('<html', () => (theme ? `<html data-theme="${theme}"` : '<html'))
        .replace('</head>', () => `${preloads.join('')}</head>`)
        .replace('<body>', () => (answers.length > 0 ? `<body>${data}` : '<body>'))
        .replace(openingMark, () => openingOf(page, answers)),
      headers: {
        'content-security-policy': policy,
        'cache-control': isPersonal ? 'private, no-store' : 'no-cache',
        vary: 'Accept-Language, Cookie',
      },
    }
  }

  async #answer(c: AppContext, page: Page, queries: readonly FirstQuery[]) {
    const [, ...values] = page.pattern.exec(c.req.path) ?? []
    const parameters = new Map(page.parameters.map((name, index) => [`$${name}`, values[index]]))
    const filled = (input: Record<string, unknown> | undefined) =>
      input &&
      Object.fromEntries(
        Object.entries(input).map(([name, value]) => [name, parameters.get(String(value)) ?? value] as const),
      )
    // Without a caller, the page finds that out by itself and asks to sign in.
    const context = queries.some((query) => 'procedure' in query)
      ? await createContext(this.#deps, c, 'several').catch(() => undefined)
      : undefined
    const answers = await Promise.allSettled(
      queries.map(async (query) => {
        if ('route' in query) return { ...query, data: this.#deps.publicAnswers[query.route] }
        if (!context) throw new Error('nobody is signed in')
        const input = filled(query.input)
        const data = await callProcedure({ path: query.procedure, type: 'query' }, context, () => input)
        return { ...query, ...(input && { input }), data }
      }),
    )
    // The page repeats refused queries and shows why.
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  }

  /** Read again after a new build, whose files have other names. */
  #read(language: Language): Template {
    const directory = path.join(this.#directory, languagePath(language))
    const file = path.join(directory, 'index.html')
    const modifiedAt = statSync(file).mtimeMs
    const known = this.#templates.get(language)
    if (known?.modifiedAt === modifiedAt) return known
    const hashes: string[] = []
    const html = readFileSync(file, 'utf8').replace(
      /<link rel="stylesheet"[^>]*href="\/((?:\w+\/)?assets\/[\w.-]+\.css)">/g,
      (_link, stylesheet: string) => {
        const styles = readFileSync(path.join(this.#directory, stylesheet), 'utf8')
        hashes.push(`'sha256-${createHash('sha256').update(styles).digest('base64')}'`)
        // The link is never loaded. It tells the modules that the styles are there: they would load them again.
        return `<style>${styles}</style><link rel="stylesheet" href="/${stylesheet}" disabled>`
      },
    )
    const template = {
      modifiedAt,
      pages: readPages(directory),
      html,
      withoutShell: html.replace(new RegExp(`<!-- shell[^]*${shellEnd}`), ''),
      policy: contentSecurityPolicy(hashes),
    }
    this.#templates.set(language, template)
    return template
  }
}

function readPages(directory: string): Page[] {
  const pages = pagesSchema.parse(JSON.parse(readFileSync(path.join(directory, 'pages.json'), 'utf8')))
  return pages.map(({ path: page, modules, queries, opening }) => ({
    ...{ modules, queries, opening },
    parameters: [...page.matchAll(/\$(\w+)/g)].map(([, name = '']) => name),
    pattern: new RegExp(`^${page.replace(/\$\w+/g, '([^/]+)')}/?$`),
  }))
}

/** In index.html. */
const shellEnd = '<!-- /shell -->'
const openingMark = '<!-- opening -->'

interface FirstAnswer {
  readonly procedure?: string
  readonly data: unknown
}

/** The page's opening with its data, escaped; empty if the data was refused. */
function openingOf(page: Page | undefined, answers: readonly FirstAnswer[]): string {
  const opening = page?.opening
  const answer = opening && answers.find(({ procedure }) => procedure === opening.procedure)
  if (!answer) return ''
  const fields = new Map(Object.entries(answer.data ?? {}))
  return opening.html.replace(/\{(\w+)\}/g, (_, name) => String(escaping`${fields.get(name)}`))
}

/** JSON that is safe inside a script element, whatever a world is called. */
function jsonForHtml(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
