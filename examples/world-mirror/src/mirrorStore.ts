import { DatabaseSync } from 'node:sqlite'
import type { SyncPage } from '@worldloom/client'

/** A copy of one world in a SQLite file. */
export class MirrorStore {
  readonly #db: DatabaseSync

  /** @param file is created if it does not exist; `:memory:` for none */
  constructor(file: string) {
    this.#db = new DatabaseSync(file)
    this.#db.exec(`
      create table if not exists world (id text primary key, data text not null);
      create table if not exists entries (
        id text primary key, kind text not null, name text not null, data text not null, links text not null
      ) without rowid;
      create index if not exists entries_kind on entries (kind, name);
      create table if not exists records (
        id text primary key, kind text not null, data text not null
      ) without rowid;
      create table if not exists position (one integer primary key check (one = 1), next text not null)`)
  }

  /** Where to resume from; undefined for an empty store. */
  get position(): string | undefined {
    return this.#db.prepare('select next from position').get()?.next as string | undefined // text not null
  }

  get size(): number {
    return this.#db.prepare('select count(*) as count from entries').get()?.count as number // an integer
  }

  names(kind: string): string[] {
    const rows = this.#db.prepare('select name from entries where kind = ? order by name').all(kind)
    return rows.map(({ name }) => String(name))
  }

  /** The links of the world, by their notes. */
  get links(): { readonly fromId: string; readonly toId: string; readonly note: string }[] {
    return this.#db
      .prepare("select data from records where kind = 'link' order by id")
      .all()
      .map(({ data }) => JSON.parse(String(data)))
  }

  /** Takes a page over with its position, or nothing at all. */
  apply({ world, entries, tags, linkKinds, links, gone, next }: SyncPage, isNew: boolean): void {
    this.#db.exec('begin immediate')
    try {
      if (isNew) this.#db.exec('delete from entries; delete from records; delete from world')
      if (world) this.#db.prepare('replace into world (id, data) values (?, ?)').run(world.id, JSON.stringify(world))
      const put = this.#db.prepare('replace into entries (id, kind, name, data, links) values (?, ?, ?, ?, ?)')
      for (const { entry, links: linked } of entries) {
        put.run(entry.id, entry.kind, entry.displayName, JSON.stringify(entry), JSON.stringify(linked))
      }
      const keep = this.#db.prepare('replace into records (id, kind, data) values (?, ?, ?)')
      for (const [kind, records] of Object.entries({ tag: tags, linkKind: linkKinds, link: links })) {
        for (const record of records) keep.run(record.id, kind, JSON.stringify(record))
      }
      for (const table of ['entries', 'records']) {
        const remove = this.#db.prepare(`delete from ${table} where id = ?`)
        for (const { id } of gone) remove.run(id)
      }
      this.#db.prepare('replace into position (one, next) values (1, ?)').run(next)
      this.#db.exec('commit')
    } catch (error) {
      this.#db.exec('rollback')
      throw error
    }
  }

  close(): void {
    this.#db.close()
  }
}
