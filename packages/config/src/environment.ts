import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { hostUrls } from './databaseUrl.ts'

/**
 * Every setting Worldloom reads, declared once. `.env.example` is generated from it
 * (`pnpm --filter @worldloom/config example`) and a test keeps the two equal.
 */

/** One problem with a configuration. */
export interface ConfigurationFault {
  readonly variable: string
  readonly message: string
  readonly example: string | undefined
}

interface SettingNotes {
  /** What it is for, as shown in `.env.example` and in error messages. */
  readonly about: string
  /** A valid value, shown when the one given is not. */
  readonly example: string
  readonly secret?: true
}

const notes = z.registry<SettingNotes>()

const flag = z.enum(['true', 'false'], { error: 'must be true or false' })
const port = z.coerce
  .number({ error: 'must be a number' })
  .int('must be a whole number')
  .min(0, 'must be between 0 and 65535')
  .max(65535, 'must be between 0 and 65535')

const workersFault = 'must be auto or a number from 1 to 256'
const workers = z.coerce.number().int(workersFault).min(1, workersFault).max(256, workersFault)

/** `90s`, `30m`, `12h`, `30d` → seconds. */
const seconds = z
  .string()
  .regex(/^\d{1,6}[smhd]$/, 'must be a number followed by s, m, h or d')
  .transform((text) => {
    const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[text.slice(-1)] ?? Number.NaN
    return Number.parseInt(text, 10) * unit
  })

/** `512kb`, `2mb` → bytes. */
const bytes = z
  .string()
  .regex(/^\d{1,6}(kb|mb)$/, 'must be a number followed by kb or mb')
  .transform((text) => Number.parseInt(text, 10) * (text.endsWith('mb') ? 1024 * 1024 : 1024))

/** US dollars. */
const price = z.coerce
  .number({ error: 'must be a number' })
  .min(0, 'must be 0 or more')
  .max(100_000, 'must be 100000 or less')

/** A whole number of at least 1. */
function count(maximum: number) {
  const fault = `must be a whole number between 1 and ${maximum}`
  return z.coerce.number({ error: fault }).int(fault).min(1, fault).max(maximum, fault)
}

const httpOrigin = z
  .string()
  .refine((text) => {
    if (!URL.canParse(text)) return false
    const url = new URL(text)
    return /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash
  }, 'must be an http(s) origin without a path')
  .transform((text) => new URL(text).origin)

const commaList = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)

/** The URL of a service, with username and password. */
function serviceUrl(scheme: RegExp, fault: string) {
  return z
    .string()
    .regex(scheme, fault)
    .refine((text) => URL.canParse(text), 'must be a URL; encode special characters in the password')
}

const postgresScheme = /^postgres(ql)?:\/\/./

/** Of a database, which may be on several hosts. */
const databaseUrl = z
  .string()
  .regex(postgresScheme, 'must start with postgres:// or postgresql://')
  .refine(
    (text) => hostUrls(text).every((one) => URL.canParse(one)),
    'must be a URL; encode special characters in the password',
  )

/** Our client registration with a provider: both settings or neither. */
function clientCredentials<Name extends string>(name: Name, label: string, example: string) {
  const id = z
    .string()
    .optional()
    .register(notes, {
      about: `Sign-in with ${label}: the client id. The redirect URI to register is PUBLIC_URL/auth/${name.toLowerCase()}/callback.`,
      example,
    })
  const secret = z
    .string()
    .optional()
    .register(notes, {
      about: `The client secret that belongs to ${name}_CLIENT_ID.`,
      example: 'the secret the provider showed',
      secret: true,
    })
  // The names are computed, which TypeScript widens to string.
  return { [`${name}_CLIENT_ID`]: id, [`${name}_CLIENT_SECRET`]: secret } as Record<
    `${Name}_CLIENT_ID` | `${Name}_CLIENT_SECRET`,
    typeof id
  >
}

export const environmentSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], {
      error: 'must be development, test or production',
    })
    .default('development')
    .register(notes, {
      about: 'production turns off everything meant for trying Worldloom out.',
      example: 'production',
    }),
  APP_ENV: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits and dashes')
    .optional()
    .register(notes, {
      about: 'Names a second file, .env.<APP_ENV>, that is read after .env and wins over it.',
      example: 'stage',
    }),
  HOST: z.string().min(1, 'must not be empty').default('127.0.0.1').register(notes, {
    about: 'The address the server listens on. Loopback only by default; 0.0.0.0 for all.',
    example: '0.0.0.0',
  }),
  PORT: port.prefault('3000').register(notes, {
    about: 'The port the server listens on.',
    example: '3000',
  }),
  HISTORY_RETENTION: seconds
    .refine((value) => value >= 86_400, 'must be at least 1d')
    .optional()
    .register(notes, {
      about:
        'For how long the change log (history, undo, sync) is kept. Whole months are dropped once they are older. Default: for ever.',
      example: '730d',
    }),
  OTEL_EXPORTER_OTLP_ENDPOINT: serviceUrl(/^https?:\/\/./, 'must start with http:// or https://')
    .optional()
    .register(notes, {
      about: 'Where traces and metrics are sent by OTLP over HTTP: a collector of OpenTelemetry. Default: nowhere.',
      example: 'http://localhost:4318',
    }),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(/^[^=,]+=[^,]*(,[^=,]+=[^,]*)*$/, 'must be name=value, separated by commas')
    .optional()
    .register(notes, {
      about: 'Headers to send there, such as a token.',
      example: 'authorization=Bearer%20secret',
      secret: true,
    }),
  OTEL_SERVICE_NAME: z.string().min(1, 'must not be empty').default('worldloom').register(notes, {
    about: 'What this installation is called there.',
    example: 'worldloom',
  }),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number({ error: 'must be a number' })
    .min(0, 'must be from 0 to 1')
    .max(1, 'must be from 0 to 1')
    .prefault('0.1')
    .register(notes, {
      about:
        'The part of requests whose traces are kept, from 0 to 1. All of them cost a busy server up to a quarter of what it can do.',
      example: '0.1',
    }),
  TRASH_RETENTION: seconds
    .refine((value) => value >= 86_400, 'must be at least 1d')
    .or(z.literal('never'))
    .prefault('30d')
    .register(notes, {
      about:
        'For how long what was deleted stays in the trash before it is deleted for good, or never for as long as nobody restores it.',
      example: '30d',
    }),
  JOBS: z.enum(['inside', 'apart'], { error: 'must be inside or apart' }).default('inside').register(notes, {
    about:
      'Where mail, webhooks and what is done regularly is done: inside the server, or apart, by as many `pnpm worker` as you run.',
    example: 'apart',
  }),
  WORKER_PORT: port.optional().register(notes, {
    about: 'The port on which `pnpm worker` answers /healthz, /readyz and /metrics. Default: none.',
    example: '3002',
  }),
  PUBLIC_URL: httpOrigin.optional().register(notes, {
    about:
      'The origin people type into their browser. Sign-in returns to it and cookies depend on it. Default: http://localhost:<PORT>.',
    example: 'https://worldloom.example.com',
  }),
  DATA_DIR: z.string().min(1, 'must not be empty').default('.data').register(notes, {
    about: 'Where the embedded database and uploaded images live. Relative to the repository.',
    example: '.data',
  }),
  LOG_ARCHIVE_DIR: z.string().min(1, 'must not be empty').optional().register(notes, {
    about:
      'Where the embedded database archives its log, so that a backup can be restored up to any moment since. Best on another disk. Default: nowhere.',
    example: '/var/backups/worldloom-log',
  }),
  WORKERS: z
    .union([z.literal('auto').transform(() => availableParallelism()), workers], { error: workersFault })
    .prefault('1')
    .register(notes, {
      about:
        'Processes that serve on the same port, as many as there are cores with auto. Each holds its own connections to the database.',
      example: 'auto',
    }),
  DATABASE_URL: databaseUrl.optional().register(notes, {
    about:
      'A PostgreSQL (15 or later) to use instead of the embedded one. sslmode=require and verify-full (with sslrootcert) work as in libpq. Of several hosts, as in one:5432,two:5432, the one that can be written to is used.',
    example: 'postgres://worldloom:secret@db.example.com:5432/worldloom?sslmode=verify-full',
    secret: true,
  }),
  DATABASE_DIRECT_URL: databaseUrl.optional().register(notes, {
    about:
      'The same database past a pooler, for migrations, commands and the listener, which a transaction pooler serves badly. Default: DATABASE_URL.',
    example: 'postgres://worldloom:secret@db.example.com:5432/worldloom?sslmode=verify-full',
    secret: true,
  }),
  DATABASE_REPLICA_URLS: z
    .string()
    .transform((text) => text.split(/\s*,\s*(?=postgres(?:ql)?:)|\s+/).filter(Boolean))
    .pipe(z.array(databaseUrl).max(16, 'must be at most 16'))
    .prefault('')
    .register(notes, {
      about:
        'Physical replicas of the database, separated by commas. What people read of worlds comes from one that is at most a second behind and has what they wrote; who they are and what they may do never does.',
      example: 'postgres://worldloom:secret@replica.example.com:5432/worldloom?sslmode=verify-full',
      secret: true,
    }),
  DATABASE_REPLICA_MAX_LAG: seconds
    .refine((value) => value >= 1 && value <= 5, 'must be from 1s to 5s')
    .prefault('1s')
    .register(notes, {
      about: 'A replica that may be further behind than this is not read from.',
      example: '1s',
    }),
  DATABASE_POOL_SIZE: z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(1, 'must be between 1 and 200')
    .max(200, 'must be between 1 and 200')
    .prefault('10')
    .register(notes, {
      about: 'Connections each server process may hold for requests; it needs seven more of its own.',
      example: '10',
    }),
  DATABASE_STATEMENT_TIMEOUT: seconds.prefault('15s').register(notes, {
    about: 'A statement that takes longer is cancelled.',
    example: '15s',
  }),
  DATABASE_PREPARED_STATEMENTS: flag.default('true').register(notes, {
    about:
      'Named prepared statements. Turn off behind a pooler that cannot keep them (PgBouncer before 1.21 in transaction mode).',
    example: 'true',
  }),
  API_POINTS_PER_MINUTE: z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(0, 'must be 0 or more')
    .max(1_000_000_000, 'must be at most 1000000000')
    .prefault('6000')
    .register(notes, {
      about:
        'How much each API key and each person may ask for: most calls cost one point, searches and pictures of a world several. 0 for no limit.',
      example: '6000',
    }),
  SESSION_IDLE_TIMEOUT: seconds.prefault('14d').register(notes, {
    about: 'A session unused for this long ends.',
    example: '14d',
  }),
  SESSION_ABSOLUTE_TIMEOUT: seconds.prefault('90d').register(notes, {
    about: 'A session ends this long after sign-in, used or not.',
    example: '90d',
  }),
  APP_SECRET: z
    .string()
    .min(32, 'must be at least 32 characters')
    .refine((text) => !text.startsWith('the output of'), 'must be a secret of your own, not the example')
    .refine((text) => new Set(text).size >= 10, 'must be random: too few different characters')
    .optional()
    .register(notes, {
      about:
        'Encrypts the private signing keys in the database. Required in production; elsewhere one is made and kept in DATA_DIR. Changing it makes the keys unreadable.',
      example: 'the output of: openssl rand -base64 48',
      secret: true,
    }),
  PASSWORD_SIGN_IN: flag.optional().register(notes, {
    about:
      'Sign-in with e-mail and password, in the browser and at POST /token. On by default where nothing is configured (as LOCAL_IDENTITY is).',
    example: 'true',
  }),
  PASSWORD_SIGN_UP: flag.optional().register(notes, {
    about:
      'Whether anybody may make an account with a password. Default: with PASSWORD_SIGN_IN where addresses can be proved (SMTP_URL), and on loopback outside production.',
    example: 'false',
  }),
  SMTP_URL: serviceUrl(/^smtps?:\/\/./, 'must start with smtp:// or smtps://')
    .optional()
    .register(notes, {
      about:
        'The mail server that sends links to verify an address or reset a password. Without it the links are written to the log, in development only.',
      example: 'smtps://worldloom:secret@mail.example.com:465',
      secret: true,
    }),
  MAIL_FROM: z.string().min(3, 'must be an address').default('Worldloom <worldloom@localhost>').register(notes, {
    about: 'The sender of those mails.',
    example: 'Worldloom <worldloom@example.com>',
  }),
  ACCESS_TOKEN_LIFETIME: seconds.prefault('30m').register(notes, {
    about: 'How long an access token (JWT) holds.',
    example: '30m',
  }),
  ACCESS_TOKEN_AUDIENCE: z.string().min(1, 'must not be empty').optional().register(notes, {
    about: 'The aud of access tokens, which services check. Default: PUBLIC_URL.',
    example: 'https://worldloom.example.com',
  }),
  BOOTSTRAP_ADMIN_EMAILS: commaList
    .pipe(z.array(z.email('must be e-mail addresses separated by commas')))
    .prefault('')
    .register(notes, {
      about: 'Who becomes an administrator when they first sign in with one of these addresses, verified.',
      example: 'ada@example.com',
    }),
  REQUIRE_SECOND_FACTOR_FOR: commaList
    .pipe(z.array(z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be names of roles separated by commas')))
    .prefault('')
    .register(notes, {
      about:
        'The roles whose holders need a second factor. Who has none yet can sign in, and do nothing but add one under Settings, Security.',
      example: 'admin',
    }),
  ALLOWED_EMAIL_DOMAINS: commaList
    .pipe(
      z.array(
        z
          .string()
          .regex(/^[a-z0-9.-]+\.[a-z]{2,}$/i, 'must be domains separated by commas')
          .toLowerCase(),
      ),
    )
    .prefault('')
    .register(notes, {
      about: 'When set, only people with a verified address in one of these domains get in.',
      example: 'example.com,example.org',
    }),
  ALLOWED_TENANTS: commaList.prefault('').register(notes, {
    about:
      'When set, people from Google or Microsoft get in only from these Workspace domains (hd) and Entra tenant ids (tid).',
    example: 'example.com,72f988bf-86f1-41af-91ab-2d7cd011db47',
  }),
  ...clientCredentials('GOOGLE', 'Google', '1234.apps.googleusercontent.com'),
  ...clientCredentials('GITHUB', 'GitHub', 'Iv1.8a61f9b3a7aba766'),
  ...clientCredentials('ENTRA', 'Microsoft Entra ID', '11111111-2222-3333-4444-555555555555'),
  ENTRA_TENANT: z
    .string()
    .regex(
      /^(common|organizations|consumers|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i,
      'must be a tenant id (a UUID), common, organizations or consumers',
    )
    .toLowerCase()
    .default('common')
    .register(notes, {
      about: 'Whose Microsoft accounts may sign in.',
      example: '72f988bf-86f1-41af-91ab-2d7cd011db47',
    }),
  ...clientCredentials('FACEBOOK', 'Facebook', '1234567890'),
  LOCAL_IDENTITY: flag.optional().register(notes, {
    about:
      'The identity provider with three demo people. On by default where nothing else is configured; refused in production and off loopback.',
    example: 'true',
  }),
  LOCAL_IDENTITY_PORT: port.prefault('3001').register(notes, {
    about: 'The loopback port of the local identity provider. Another free one is taken where it is in use.',
    example: '3001',
  }),
  OIDC_PROVIDERS: commaList
    .pipe(z.array(z.string().regex(/^[a-z][a-z0-9]{0,30}$/, 'must be short lower-case names separated by commas')))
    .prefault('')
    .register(notes, {
      about:
        'Names of OpenID Connect providers; each is then set up by OIDC_<NAME>_ISSUER, _CLIENT_ID, _CLIENT_SECRET, _LABEL and optionally _SCOPES and _TRUST_EMAIL.',
      example: 'okta,company',
    }),
  GUEST_READING: flag.default('true').register(notes, {
    about:
      'Whether people without an account may read public and unlisted worlds. Share links work in either case, as each is given by the owner of a world.',
    example: 'true',
  }),
  CORS_ORIGINS: commaList.pipe(z.array(httpOrigin)).prefault('').register(notes, {
    about: 'Other origins whose pages may call the API with cookies, separated by commas.',
    example: 'https://wiki.example.com',
  }),
  OAUTH_METADATA_DOCUMENTS: flag.default('true').register(notes, {
    about:
      'Whether apps may be known by a document at their own https address (OAuth Client ID Metadata Documents), which the server then fetches. People are asked before an app gets anything.',
    example: 'true',
  }),
  OAUTH_METADATA_ALLOWED_HOSTS: commaList.prefault('').register(notes, {
    about:
      'Hosts (host or host:port) whose documents are fetched although their addresses are private, separated by commas. All others must have public addresses.',
    example: 'apps.internal',
  }),
  OAUTH_DYNAMIC_REGISTRATION: flag.default('false').register(notes, {
    about:
      'Whether apps may register themselves (RFC 7591), for those that cannot do otherwise. Anybody can then, so people are told that nobody has looked at such an app.',
    example: 'false',
  }),
  SECRET_SCANNING_KEYS_URL: serviceUrl(/^https?:\/\/./, 'must start with http:// or https://')
    .optional()
    .register(notes, {
      about:
        'Where the public keys are that reports of leaked API keys are signed with. Set, POST /secret-scanning takes reports in the format of GitHub’s secret scanning, switches such keys off and tells their owners.',
      example: 'https://api.github.com/meta/public_keys/secret_scanning',
    }),
  WEBHOOK_ALLOWED_HOSTS: commaList.prefault('').register(notes, {
    about:
      'Hosts (host or host:port) that webhooks may be sent to although their addresses are private, separated by commas. All others must have public addresses.',
    example: 'ci.internal,10.0.0.8:8080',
  }),
  TRUSTED_PROXIES: z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(0, 'must be 0 or more')
    .max(10, 'must be 10 or less')
    .prefault('0')
    .register(notes, {
      about: 'How many reverse proxies stand before the server; that many X-Forwarded-For entries are believed.',
      example: '1',
    }),
  BODY_LIMIT: bytes.prefault('2mb').register(notes, {
    about: 'The largest request body accepted.',
    example: '2mb',
  }),
  IMPORT_LIMIT: bytes.prefault('512mb').register(notes, {
    about:
      'The largest archive of a world that may be imported in the browser. Its upload has to arrive within REQUEST_TIMEOUT.',
    example: '512mb',
  }),
  REQUEST_TIMEOUT: seconds.prefault('30s').register(notes, {
    about: 'A request whose headers and body have not arrived, or whose answer is not ready, after this long is ended.',
    example: '30s',
  }),
  SHUTDOWN_TIMEOUT: seconds.prefault('10s').register(notes, {
    about: 'How long requests in flight may take to finish after a stop signal.',
    example: '10s',
  }),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be trace, debug, info, warn, error or silent',
    })
    .default('info')
    .register(notes, { about: 'The least severe thing that is logged.', example: 'info' }),
  LOG_FORMAT: z.enum(['json', 'pretty'], { error: 'must be json or pretty' }).optional().register(notes, {
    about: 'pretty for people, json for machines. Default: pretty on a terminal outside production.',
    example: 'json',
  }),
  S3_BUCKET: z.string().min(1, 'must not be empty').optional().register(notes, {
    about:
      'The bucket for uploaded images, in Amazon S3 or anything compatible. Without it they are files in DATA_DIR.',
    example: 'worldloom-images',
  }),
  S3_REGION: z.string().min(1, 'must not be empty').default('us-east-1').register(notes, {
    about: 'Where that bucket is.',
    example: 'eu-central-1',
  }),
  S3_ENDPOINT: httpOrigin.optional().register(notes, {
    about: 'Of a store other than Amazon’s: MinIO, Garage, R2 …',
    example: 'https://minio.example.com',
  }),
  S3_ACCESS_KEY_ID: z.string().min(1, 'must not be empty').optional().register(notes, {
    about: 'Who we are there. Without it, as the AWS SDK finds out: environment, profile or instance role.',
    example: 'AKIAIOSFODNN7EXAMPLE',
  }),
  S3_SECRET_ACCESS_KEY: z.string().min(1, 'must not be empty').optional().register(notes, {
    about: 'The secret that goes with it.',
    example: 'the secret the store showed',
    secret: true,
  }),
  OPENAI_MODEL: z.string().min(1, 'must not be empty').optional().register(notes, {
    about:
      'The model that answers in the chat, at any endpoint that speaks OpenAI’s protocol: OpenAI, Azure, Ollama, vLLM, LM Studio … Without it there is no chat.',
    example: 'gpt-5-mini',
  }),
  OPENAI_API_KEY: z.string().min(1, 'must not be empty').optional().register(notes, {
    about: 'The key for that endpoint. One of your own machine may need none.',
    example: 'sk-…',
    secret: true,
  }),
  OPENAI_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
    .optional()
    .register(notes, {
      about:
        'Where it is, with its version; /chat/completions comes behind it. Default: https://api.openai.com/v1. What is asked, and what is read of worlds for it, goes there.',
      example: 'http://localhost:11434/v1',
    }),
  CHAT_REQUESTS_PER_DAY: count(1_000_000).prefault('200').register(notes, {
    about: 'How often one person may ask the model in a day (UTC).',
    example: '200',
  }),
  CHAT_TOKENS_PER_DAY: count(1_000_000_000).prefault('1000000').register(notes, {
    about: 'How many tokens, of questions and answers, that may take.',
    example: '1000000',
  }),
  CHAT_MESSAGE_LENGTH: count(100_000).prefault('20000').register(notes, {
    about: 'The longest message to the model, in characters.',
    example: '20000',
  }),
  CHAT_CONTEXT_TOKENS: count(10_000_000).prefault('24000').register(notes, {
    about: 'How much of a conversation the model is told, in tokens: the oldest messages are left out.',
    example: '24000',
  }),
  CHAT_ANSWER_TOKENS: count(1_000_000).prefault('4000').register(notes, {
    about: 'How long one answer may be, in tokens.',
    example: '4000',
  }),
  CHAT_SILENCE_TIMEOUT: seconds.prefault('60s').register(notes, {
    about: 'How long the model may stay silent before it is not waited for any longer.',
    example: '60s',
  }),
  CHAT_ANSWER_TIMEOUT: seconds.prefault('10m').register(notes, {
    about: 'How long one answer may take altogether.',
    example: '10m',
  }),
  CHAT_INPUT_PRICE: price.optional().register(notes, {
    about: 'What a million tokens that the model reads cost, in US dollars.',
    example: '0.25',
  }),
  CHAT_OUTPUT_PRICE: price.optional().register(notes, {
    about: 'What a million tokens that it writes cost.',
    example: '2',
  }),
  CHAT_PRICES: commaList
    .pipe(
      z.array(
        z
          .string()
          .regex(
            /^[^=\s]+=\d+(\.\d+)?\/\d+(\.\d+)?$/,
            'must be model=read/written, in US dollars for a million tokens',
          ),
      ),
    )
    .prefault('')
    .register(notes, {
      about:
        'The same for several models, separated by commas, so that changing OPENAI_MODEL changes the price as well: model=read/written.',
      example: 'gpt-5-mini=0.25/2,gpt-5=1.25/10',
    }),
  CHAT_COST_PER_ANSWER: price.optional().register(notes, {
    about: 'What one answer may cost at most, in US dollars: it ends before it would cost more.',
    example: '0.10',
  }),
  CHAT_COST_PER_CONVERSATION: price.optional().register(notes, {
    about: 'What all answers of one conversation may cost.',
    example: '1',
  }),
  CHAT_COST_PER_MONTH: price.optional().register(notes, {
    about: 'What the answers to one person may cost in a month (UTC).',
    example: '5',
  }),
  CHAT_COST_OF_ALL_PER_MONTH: price.optional().register(notes, {
    about: 'What the answers to everybody together may cost in a month (UTC).',
    example: '200',
  }),
  METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters').optional().register(notes, {
    about: 'When set, /metrics answers only to "Authorization: Bearer <token>"; when not, only to loopback.',
    example: 'the output of: openssl rand -hex 24',
    secret: true,
  }),
})

export const socialProviderNames = ['GOOGLE', 'GITHUB', 'ENTRA', 'FACEBOOK'] as const

/** The same, without the settings that were invalid. */
export const partialSchema = environmentSchema.partial()

export type Environment = z.output<typeof environmentSchema>

export type SettingName = keyof typeof environmentSchema.shape

export const settingNames = environmentSchema.keyof().options

export function settingNotes(name: string): SettingNotes | undefined {
  const schema = Object.entries(environmentSchema.shape).find(([key]) => key === name)?.[1]
  return schema && notes.get(schema)
}

/** A setting's default, as it would be written in `.env`. */
export function settingDefault(name: SettingName): string {
  const schema: z.core.$ZodType = environmentSchema.shape[name]
  const isDefaulted = schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault
  return isDefaulted ? String(schema.def.defaultValue) : ''
}

export function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/**
 * Problems with combinations of settings that are each valid.
 *
 * @param env the valid ones; the others have been reported already
 * @param given the names of all settings given, valid or not
 */
export function faultsTogether(env: z.output<typeof partialSchema>, given: ReadonlySet<string>): ConfigurationFault[] {
  const faults: ConfigurationFault[] = []
  const fault = (variable: SettingName, message: string, example: string) => faults.push({ variable, message, example })
  const { PUBLIC_URL: publicUrl } = env
  if (env.NODE_ENV === 'production') {
    if (!given.has('PUBLIC_URL')) fault('PUBLIC_URL', 'is required in production', 'https://worldloom.example.com')
    if (publicUrl?.startsWith('http:') && !isLoopbackUrl(publicUrl)) {
      fault('PUBLIC_URL', 'must be https in production', 'https://worldloom.example.com')
    }
    if (!given.has('APP_SECRET')) {
      fault('APP_SECRET', 'is required in production', 'the output of: openssl rand -base64 48')
    }
    if (!given.has('DATABASE_URL')) {
      fault(
        'DATABASE_URL',
        'is required in production: the embedded database is for trying Worldloom out',
        'postgres://worldloom:secret@db.example.com/worldloom?sslmode=verify-full',
      )
    }
  }
  if (given.has('DATABASE_DIRECT_URL') && !given.has('DATABASE_URL')) {
    fault('DATABASE_URL', 'is required because DATABASE_DIRECT_URL is set', 'the address of the pooler')
  }
  if (given.has('DATABASE_REPLICA_URLS') && !given.has('DATABASE_URL')) {
    fault('DATABASE_URL', 'is required because DATABASE_REPLICA_URLS is set', 'the address of their primary')
  }
  if (env.LOCAL_IDENTITY === 'true') {
    const where =
      env.NODE_ENV === 'production'
        ? 'NODE_ENV=production'
        : publicUrl && !isLoopbackUrl(publicUrl)
          ? `PUBLIC_URL=${publicUrl}`
          : undefined
    if (where) fault('LOCAL_IDENTITY', `cannot be on with ${where}: anyone could sign in as the admin`, 'false')
  }
  for (const [one, other] of [
    ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
    ['S3_SECRET_ACCESS_KEY', 'S3_ACCESS_KEY_ID'],
    ['S3_ENDPOINT', 'S3_BUCKET'],
    ['S3_ACCESS_KEY_ID', 'S3_BUCKET'],
  ] as const) {
    if (given.has(one) && !given.has(other)) fault(other, `is required because ${one} is set`, 'what the store showed')
  }
  for (const name of socialProviderNames) {
    const [id, secret] = [`${name}_CLIENT_ID`, `${name}_CLIENT_SECRET`] as const
    if (given.has(id) && !given.has(secret))
      fault(secret, `is required because ${id} is set`, 'the secret the provider showed')
    if (given.has(secret) && !given.has(id))
      fault(id, `is required because ${secret} is set`, 'the id the provider showed')
  }
  const isPriced =
    env.OPENAI_MODEL === undefined ||
    (env.CHAT_INPUT_PRICE !== undefined && env.CHAT_OUTPUT_PRICE !== undefined) ||
    env.CHAT_PRICES?.some((each) => each.split('=', 1)[0] === env.OPENAI_MODEL)
  for (const cap of ['ANSWER', 'CONVERSATION', 'MONTH'] as const) {
    const name = `CHAT_COST_PER_${cap}` as const
    if (env[name] !== undefined && !isPriced) fault(name, 'needs the price of OPENAI_MODEL, in CHAT_PRICES', '1')
  }
  if (env.CHAT_COST_OF_ALL_PER_MONTH !== undefined && !isPriced) {
    fault('CHAT_COST_OF_ALL_PER_MONTH', 'needs the price of OPENAI_MODEL, in CHAT_PRICES', '200')
  }
  if (env.PASSWORD_SIGN_UP === 'true' && env.PASSWORD_SIGN_IN === 'false') {
    fault('PASSWORD_SIGN_UP', 'cannot be on while PASSWORD_SIGN_IN is off', 'false')
  }
  if (env.PASSWORD_SIGN_UP === 'true' && !given.has('SMTP_URL') && env.NODE_ENV === 'production') {
    fault('PASSWORD_SIGN_UP', 'needs SMTP_URL in production: nobody would have proved their address', 'false')
  }
  const { SESSION_IDLE_TIMEOUT: idle, SESSION_ABSOLUTE_TIMEOUT: absolute } = env
  if (idle !== undefined && absolute !== undefined && idle > absolute) {
    fault('SESSION_IDLE_TIMEOUT', 'must not be longer than SESSION_ABSOLUTE_TIMEOUT', '14d')
  }
  return faults
}
