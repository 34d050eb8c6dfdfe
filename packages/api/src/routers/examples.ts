import { anyCredential } from '@worldloom/auth'
import { exampleAnswer } from '@worldloom/schema'
import { procedure, publicProcedure, router } from '../trpc.ts'

/** One procedure per kind of access, for integrators: call one to check a credential. */
export const examplesRouter = router({
  public: publicProcedure().query(() => ({ message: 'Anybody may see this.' })),

  /** What those who call it see of a procedure that is going to be gone. */
  deprecated: publicProcedure(
    { credentials: 'none', deprecated: { use: 'use examples.public', since: '2026-11-30', sunset: '2100-01-01' } },
    {
      method: 'GET',
      path: '/examples/deprecated',
      summary: 'See how an operation looks that is going to be gone',
      answer: exampleAnswer,
    },
  ).query(() => ({ message: 'It still works.' })),

  sessionOnly: procedure({ credentials: ['session'] }).query(({ ctx: { principal } }) => ({
    message: `${principal.user.displayName} is signed in with a browser.`,
  })),

  bearerOnly: procedure({ credentials: ['bearer'] }).query(({ ctx: { principal } }) => ({
    message: `${principal.user.displayName} sent an access token.`,
  })),

  apiKeyOnly: procedure({ credentials: ['apiKey'] }).query(({ ctx: { principal } }) => ({
    message: `A program of ${principal.user.displayName} sent an API key.`,
  })),

  eitherAuth: procedure({ credentials: anyCredential }).query(({ ctx: { principal } }) => ({
    message: `${principal.user.displayName} is known by: ${principal.kind}.`,
    permissions: [...principal.permissions].sort(),
  })),

  adminOnly: procedure({ credentials: anyCredential, role: 'admin' }).query(({ ctx: { principal } }) => ({
    message: `${principal.user.displayName} is an administrator.`,
  })),

  readUsers: procedure({ credentials: anyCredential, permission: 'user:read' }).query(async ({ ctx }) => {
    const { count } = await ctx.db
      .selectFrom('users')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    return { message: 'You may see who has an account.', users: Number(count) }
  }),

  writeUsers: procedure({ credentials: anyCredential, permission: 'user:update' }).mutation(() => ({
    message: 'You may change accounts. This changed none.',
  })),
})
