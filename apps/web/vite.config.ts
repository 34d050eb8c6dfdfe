import tailwindcss from '@tailwindcss/vite'
import { isLanguage, type Language, languagePath, languages } from '@worldloom/schema/languages'
import type { Plugin, UserConfig } from 'vite'
import { compression, defineAlgorithm } from 'vite-plugin-compression2'
import solid from 'vite-plugin-solid'
import { firstPaints } from './src/firstPaint.ts'
import { pagePaths } from './src/pagePaths.ts'
import { kindsModule, spelledOut } from './vite/kinds.ts'
import { timeModule } from './vite/time.ts'
import { catalogs } from './vite/words.ts'

const port = Number(process.env.PORT || 3000)
/** The server's URL under `pnpm dev`: see apps/server/src/dev.ts. */
const server = `http://127.0.0.1:${port + 2}`

/** Tells the server which paths are pages (any other is 404), and what each needs first. */
function pagesFile(): Plugin {
  return {
    name: 'pages-file',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
      const closure = (file: string, found: Set<string>): Set<string> => {
        if (found.has(file)) return found
        found.add(file)
        for (const imported of byFile.get(file)?.imports ?? []) closure(imported, found)
        return found
      }
      const entry = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/index.html'))
      if (!entry) throw new Error('the build has no entry')
      const always = closure(entry.fileName, new Set())
      const pages = Object.values(pagePaths).flatMap((page) =>
        spelledOut(page).map(({ path, kind }) => {
          const { queries = [], modules = [], opening } = firstPaints[page] ?? {}
          const ofKind = <Part>(part: Part): Part => JSON.parse(JSON.stringify(part).replaceAll('$kind', kind ?? ''))
          const files = modules.flatMap((module) => {
            const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/src/${module}`))
            if (!chunk) throw new Error(`src/firstPaint.ts names ${module}, of which no chunk was made`)
            return [...closure(chunk.fileName, new Set())]
          })
          return {
            path,
            modules: [...new Set(files)].filter((file) => !always.has(file)),
            queries: ofKind(queries),
            ...(opening && { opening: ofKind(opening) }),
          }
        }),
      )
      this.emitFile({ type: 'asset', fileName: 'pages.json', source: JSON.stringify(pages) })
    },
  }
}

/** Preloads the fonts of headings and text, so that the first paint already uses them and nothing is wrapped again. */
function preloadedFonts(): Plugin {
  let base = '/'
  return {
    name: 'preloaded-fonts',
    apply: 'build',
    configResolved: (config) => {
      base = config.base
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => /\/(fraunces|inter)-latin-wght-normal-[\w-]+\.woff2$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `${base}${file}` },
            injectTo: 'head-prepend',
          })),
    },
  }
}

/** The app has no WebSockets. A statement that sets a counter of theirs would keep all their code in its first file. */
function withoutWebSockets(): Plugin {
  const counter = '_defineProperty(WsConnection, "connectCount", 0);'
  return {
    name: 'without-web-sockets',
    apply: 'build',
    transform: {
      filter: { id: /@trpc\/client\/dist\/wsLink/ },
      handler(code) {
        if (!code.includes(counter))
          throw new Error('@trpc/client has changed: see withoutWebSockets in vite.config.ts')
        return { code: code.replace(counter, ''), map: null }
      },
    },
  }
}

/** The words of index.html, which are in no catalog. */
const htmlTranslations: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {},
  de: {
    'lang="en"': 'lang="de"',
    'A studio for building fictional worlds.': 'Ein Studio für erfundene Welten.',
    'Worldloom needs JavaScript.': 'Worldloom braucht JavaScript.',
  },
}

function translatedHtml(language: Language): Plugin {
  return {
    name: 'translated-html',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        Object.entries(htmlTranslations[language]).reduce((page, [english, text]) => {
          if (!page.includes(english)) throw new Error(`index.html no longer has “${english}”`)
          return page.replace(english, text)
        }, html),
    },
  }
}

/** `/design`, with every component in each of its states. It has a page of its own, which no build has. */
function designPage(): Plugin {
  return {
    name: 'design-page',
    apply: 'serve',
    configureServer: ({ middlewares }) => {
      middlewares.use((request, _response, next) => {
        if (request.url === '/design') request.url = '/design.html'
        next()
      })
    },
  }
}

/** The app in one language. The first is in `dist`, any other in a folder there. */
export function configOf(language: Language): UserConfig {
  const isFirst = language === languages[0]
  return {
    base: languagePath(language),
    plugins: [
      catalogs(language),
      solid(),
      tailwindcss(),
      kindsModule(language),
      timeModule(language),
      translatedHtml(language),
      designPage(),
      withoutWebSockets(),
      pagesFile(),
      preloadedFonts(),
      compression({
        include: /\.(?:js|css|html|svg)$/,
        threshold: 1024,
        algorithms: [defineAlgorithm('gzip', { level: 9 }), 'brotliCompress'],
      }),
    ],
    // The manifest lists the imports of each chunk; e2e/test/bundle.test.ts uses it to measure each page.
    build: {
      target: 'es2022',
      outDir: `dist${languagePath(language)}`,
      assetsInlineLimit: 0,
      manifest: true,
      // Links load a page when they are pointed at, so a list of what each page imports would only make the first page larger.
      modulePreload: {
        polyfill: false,
        resolveDependencies: (_file, dependencies, { hostType }) => (hostType === 'html' ? dependencies : []),
      },
      rolldownOptions: {
        // A text of a catalog is part of the code that shows it; nothing is loaded that a page does not say.
        optimization: { inlineConst: { mode: 'all' } },
        // The pages of the reading side are made by the server, which puts these styles into them.
        input: isFirst ? ['index.html', 'src/reading.css'] : ['index.html'],
        output: {
          // The entry lists the files of every page, so that each character of their names is loaded before the first page.
          chunkFileNames: 'assets/[hash].js',
          // Modules that many pages use go into one file, as each small file costs a phone a round trip.
          codeSplitting: {
            groups: [
              // More than share the parts of menus and dialogs, which the first page does without.
              { name: 'shared', minShareCount: 66, maxModuleSize: 12_000, priority: 4 },
              // What a world's page, an entry and a story all show.
              {
                name: 'record',
                test: /(RecordActions|editingPlace|MentioningText|mentionLinks|mentionText|renderMarkdown|ui\/Markdown|imageUrl|EntityLink|showChanged|lazyDialog|ui\/toast|ui\/confirm|icons\/(pencil|trash|image))\.(tsx?|jsx)$/,
                priority: 5,
              },
              // Apart from the studio’s, as pages outside of worlds fail as well.
              { name: 'failure', test: /src\/(lib\/failure|features\/session\/words)\.ts$/, priority: 3 },
              // What every page of a world has around its content, or soon will.
              {
                name: 'studio',
                test: /(src\/(features\/(worlds\/(worldContext|words)|entities\/words|tour\/tour)|lib\/(article|isTyped))\.tsx?|icons\/sparkles\.jsx)$/,
                includeDependenciesRecursively: false,
                priority: 2,
              },
              {
                name: 'kinds',
                test: /(entities\/kindIcons\.ts|icons\/(columns-3|book-open|map-pin|clapperboard|feather|package|user-round)\.jsx)$/,
                includeDependenciesRecursively: false,
                priority: 2,
              },
              // What lists of entries have in common with each other.
              {
                name: 'lists',
                test: /(src\/features\/(table\/words|entities\/(shortFacts|EntityRow))\.tsx?|schema\/src\/entity\/tableFields\.ts)$/,
                includeDependenciesRecursively: false,
                priority: 2,
              },
              {
                name: 'world',
                test: /src\/(features\/(worlds|entities|records)|ui\/(Markdown|sectionTabs|panel|pagedList|searchBox))|lucide-solid/,
                minShareCount: 60,
                maxModuleSize: 6000,
                priority: 1,
              },
            ],
          },
        },
      },
    },
    server: {
      port,
      strictPort: true,
      proxy: Object.fromEntries(
        ['/trpc', '/auth', '/api', '/docs', '/token', '/read', '/share', '/.well-known'].map((path) => [
          path,
          { target: server, changeOrigin: false },
        ]),
      ),
    },
  }
}

/** `APP_LANGUAGE=de pnpm dev` serves the app in German. */
const wanted = process.env.APP_LANGUAGE
export default configOf(isLanguage(wanted) ? wanted : languages[0])
