/** The path of every page. The server is told of them, to answer any other with 404. */
export const pagePaths = {
  home: '/',
  signIn: '/sign-in',
  loginFailed: '/login-failed',
  worlds: '/worlds',
  world: '/worlds/$worldId',
} as const
