import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { isLoopbackUrl, OperatorError } from '@worldloom/config'
import {
  allowInsecureRequests,
  ClientError,
  type Configuration,
  type CustomFetchOptions,
  customFetch,
  discovery,
  None,
  ResponseBodyError,
  refreshTokenGrant,
  type TokenEndpointResponse,
} from 'openid-client'
import { lock } from 'proper-lockfile'
import { z } from 'zod'

/** The client of this command, known to every Worldloom. */
const clientId = 'worldloom-cli'
/** A token that ends sooner than this is renewed first. Milliseconds. */
const margin = 60_000

const accountSchema = z.object({
  url: z.url(),
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
})

/** Where this machine is signed in, and by what. */
export type Account = z.output<typeof accountSchema>

/** Where the account is kept, readable by its owner alone: https://specifications.freedesktop.org/basedir-spec/ */
function accountFile(): string {
  const base = process.env.XDG_CONFIG_HOME || path.join(os.homedir(), '.config')
  return path.join(base, 'worldloom', 'account.json')
}

/** @throws {OperatorError} if the server cannot be reached, or is no Worldloom that apps can sign in to */
export async function discoverServer(url: string): Promise<Configuration> {
  const { protocol, origin } = new URL(url)
  if (protocol !== 'https:' && !isLoopbackUrl(url)) {
    throw new OperatorError(`${url} is not encrypted, so that a password or token would be seen on the way. Use https.`)
  }
  const options = {
    algorithm: 'oauth2' as const,
    ...(protocol === 'http:' && { execute: [allowInsecureRequests] }),
    // The page that asks whether to let it in says where it was begun.
    [customFetch]: (input: string, init: CustomFetchOptions) =>
      fetch(input, {
        ...init,
        headers: { ...init.headers, 'user-agent': `worldloom@${os.hostname()}` },
      } as RequestInit), // the body types differ
  }
  try {
    return await discovery(new URL(origin), clientId, undefined, None(), options)
  } catch (cause) {
    throw new OperatorError(`There is no Worldloom at ${origin} that one can sign in to, or it cannot be reached.`, {
      cause,
    })
  }
}

export async function saveAccount(account: Account): Promise<void> {
  const file = accountFile()
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  // Never half written, and never readable by others in between.
  const written = `${file}.${process.pid}`
  await writeFile(written, `${JSON.stringify(account, null, 2)}\n`, { mode: 0o600 })
  await chmod(written, 0o600)
  await rename(written, file)
}

export async function forgetAccount(): Promise<void> {
  await rm(accountFile(), { force: true })
}

/** @returns undefined if nobody is signed in @throws {OperatorError} if the file is damaged */
export async function readAccount(): Promise<Account | undefined> {
  const file = accountFile()
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  try {
    return accountSchema.parse(JSON.parse(text))
  } catch {
    throw new OperatorError(`${file} cannot be read. Delete it and sign in again, by worldloom login.`)
  }
}

export function toAccount(url: string, tokens: TokenEndpointResponse): Account {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds = 0 } = tokens
  if (!refreshToken) throw new OperatorError('The server gave no token to renew the sign-in with.')
  return { url, accessToken, refreshToken, expiresAt: Date.now() + seconds * 1000 }
}

/**
 * The account with a token that can be used, renewed if necessary. Of several commands at once one renews it: a token to renew with
 * that is used twice ends the sign-in.
 *
 * @throws {OperatorError} if nobody is signed in, or not any more
 */
export async function usableAccount(): Promise<Account> {
  const known = await readAccount()
  if (!known) throw new OperatorError('You are not signed in. Sign in by worldloom login.')
  if (known.expiresAt - margin > Date.now()) return known
  const release = await lock(accountFile(), { retries: { retries: 20, minTimeout: 100, maxTimeout: 1000 } })
  try {
    const account = (await readAccount()) ?? known
    if (account.expiresAt - margin > Date.now()) return account
    const renewed = toAccount(
      account.url,
      await refreshTokenGrant(await discoverServer(account.url), account.refreshToken),
    )
    await saveAccount(renewed)
    return renewed
  } catch (error) {
    if (error instanceof ResponseBodyError && error.error === 'invalid_grant') {
      throw new OperatorError('You are not signed in any more. Sign in again by worldloom login.', { cause: error })
    }
    throw error instanceof ClientError ? new OperatorError(`Not renewed: ${error.message}`, { cause: error }) : error
  } finally {
    await release()
  }
}
