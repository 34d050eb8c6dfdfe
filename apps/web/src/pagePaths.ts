/** The path of every page. The server is told of them, to answer any other with 404. */
export const pagePaths = {
  home: '/',
  signIn: '/sign-in',
  signUp: '/sign-up',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  verifyEmail: '/verify-email',
  loginFailed: '/login-failed',
  completeProfile: '/complete-profile',
  worlds: '/worlds',
  world: '/worlds/$worldId',
  settingsProfile: '/settings/profile',
  settingsSecurity: '/settings/security',
  settingsApiKeys: '/settings/api-keys',
  adminUsers: '/admin/users',
  adminRoles: '/admin/roles',
  adminAudit: '/admin/audit',
} as const
