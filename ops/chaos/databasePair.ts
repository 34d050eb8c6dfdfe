import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type DatabaseHost, freePort, startPrimary, startReplica } from '@worldloom/db/testing'

/** How often it is looked whether a replica has caught up. */
const lookMilliseconds = 100

/**
 * A primary and a replica that changes places with it, looked after as Patroni and its like do: what is acknowledged is at the replica as well, for
 * as long as there is one.
 */
export class DatabasePair {
  readonly #scratch: string
  /** Where the first of the two machines keeps its files. */
  readonly #disk: string
  readonly #ports: readonly [number, number]
  #primary: DatabaseHost
  #replica: DatabaseHost
  #count = 0

  private constructor(
    scratch: string,
    disk: string,
    ports: readonly [number, number],
    primary: DatabaseHost,
    replica: DatabaseHost,
  ) {
    this.#scratch = scratch
    this.#disk = disk
    this.#ports = ports
    this.#primary = primary
    this.#replica = replica
  }

  /** @param disk where the first machine keeps its files, if not in a temporary directory: a small disk that can be filled */
  static async start(disk?: string): Promise<DatabasePair> {
    const scratch = await mkdtemp(path.join(os.tmpdir(), 'worldloom-chaos-'))
    const ports = [await freePort(), await freePort()] as const
    const directory = await newDirectory(disk ?? scratch, 'one')
    const primary = await startPrimary({ wal_keep_size: '128MB', max_wal_size: '128MB' }, { directory, port: ports[0] })
    const replica = await startReplica(primary, {}, { directory: await newDirectory(scratch, 'two'), port: ports[1] })
    const pair = new DatabasePair(scratch, disk ?? scratch, ports, primary, replica)
    await pair.#waitForReplica()
    return pair
  }

  get primary(): DatabaseHost {
    return this.#primary
  }

  get replica(): DatabaseHost {
    return this.#replica
  }

  get ports(): readonly [number, number] {
    return this.#ports
  }

  /** Whether the primary is the machine with the small disk. */
  get isOnDisk(): boolean {
    return this.#primary.port === this.#ports[0]
  }

  /** Kills the primary, promotes the replica and makes another of the machine that is back. Resolves once it can be written to; `done` once there are two. */
  async failOver(): Promise<{ readonly done: Promise<void> }> {
    const old = this.#primary
    await old.kill()
    await this.#replica.promote()
    this.#primary = this.#replica
    await asynchronous(this.#primary)
    const rebuild = async () => {
      await old.remove()
      this.#count++
      const directory = await newDirectory(
        old.port === this.#ports[0] ? this.#disk : this.#scratch,
        `again-${this.#count}`,
      )
      this.#replica = await startReplica(this.#primary, {}, { directory, port: old.port })
      await this.#waitForReplica()
    }
    return { done: rebuild() }
  }

  /** Kills the replica, and starts it again after a while. */
  async loseReplica(milliseconds: number): Promise<void> {
    await asynchronous(this.#primary)
    await this.#replica.kill()
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    await this.#replica.start()
    await this.#waitForReplica()
  }

  /** Waits until the replica has everything, and from then on has the primary wait for it. */
  async #waitForReplica(): Promise<void> {
    const behind = "select count(*)::int as streaming from pg_stat_replication where state = 'streaming'"
    for (;;) {
      const [row] = await this.#primary.run(behind)
      if (row?.streaming === 1) break
      await new Promise((resolve) => setTimeout(resolve, lookMilliseconds))
    }
    await this.#primary.run("alter system set synchronous_standby_names = '*'", 'select pg_reload_conf()')
  }

  async remove(): Promise<void> {
    await this.#replica.remove()
    await this.#primary.remove()
    await rm(this.#scratch, { recursive: true, force: true })
  }
}

async function asynchronous(primary: DatabaseHost): Promise<void> {
  await primary.run("alter system set synchronous_standby_names = ''", 'select pg_reload_conf()')
}

async function newDirectory(scratch: string, name: string): Promise<string> {
  const directory = path.join(scratch, name)
  await mkdir(directory)
  return directory
}
