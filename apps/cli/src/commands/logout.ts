import { Command } from 'commander'
import { tokenRevocation } from 'openid-client'
import { discoverServer, forgetAccount, readAccount } from '../account.ts'

export function logoutCommand(): Command {
  return new Command('logout').description('Sign out: what this machine was allowed ends at once.').action(async () => {
    const account = await readAccount()
    if (!account) {
      console.error('You were not signed in.')
      return
    }
    // Forgotten here in any case, also when the server cannot be reached.
    await forgetAccount()
    await tokenRevocation(await discoverServer(account.url), account.refreshToken)
    console.log('You are signed out.')
  })
}
