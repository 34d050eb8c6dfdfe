/** Counts by day: one number for each of the days, in each line. */
export interface Series {
  /** Days (UTC) as 2026-11-27, without gaps. */
  readonly days: readonly string[]
  readonly lines: readonly { readonly name: string; readonly counts: readonly number[] }[]
}

export interface PeopleStatistics {
  /** How many accounts there were at the end of each day. */
  readonly people: Series
  /** How many people signed in or were active anew on each day, by provider. */
  readonly signIns: Series
  /** What was refused, by action. */
  readonly failures: Series
  readonly active: { readonly day: number; readonly week: number; readonly month: number }
}

export interface UseStatistics {
  readonly apiKeys: Series
  readonly chatRequests: Series
  readonly chatTokens: Series
  /** In US dollars; null if no prices are set. */
  readonly chatCost: Series | null
  /** Who used the chat most this month (UTC), by what it cost in US dollars. */
  readonly chatByPerson: readonly {
    readonly name: string
    readonly questions: number
    readonly tokens: number
    readonly dollars: number
  }[]
  /** The keys that were used most. */
  readonly topKeys: readonly { readonly name: string; readonly owner: string; readonly count: number }[]
}

export interface Health {
  readonly storage: {
    /** Bytes of all files of images at the end of each day, as they were uploaded. */
    readonly images: Series
    readonly databaseBytes: number
    readonly imageBytes: number
    readonly imageCount: number
    /** The largest tables, with their indexes. */
    readonly tables: readonly { readonly name: string; readonly bytes: number; readonly rows: number }[]
  }
  readonly database: {
    readonly version: string
    readonly startedAt: Date
    readonly connections: number
    readonly maxConnections: number
    /** The share of blocks that were found in memory, from 0 to 1. */
    readonly cacheHits: number
    /** Seconds. */
    readonly longestTransaction: number
    readonly deadlocks: number
  }
  readonly jobs: {
    /** Deliveries of webhooks by day: arrived and failed. */
    readonly deliveries: Series
    readonly failingWebhooks: number
    /** What follows from links, still to be summed up. */
    readonly waitingDegrees: number
    /** Entries that search has to index anew, as the language of their world was changed. */
    readonly waitingDocuments: number
    /** Answers of the model that are being written. */
    readonly runningAnswers: number
    /** Until when the change log has partitions. */
    readonly changesUntil: string | null
  }
}
