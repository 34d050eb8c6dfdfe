import { accountRouter } from './routers/account.ts'
import { actRouter } from './routers/act.ts'
import { apiKeyRouter } from './routers/apiKey.ts'
import { auditRouter } from './routers/audit.ts'
import { bookRouter } from './routers/book.ts'
import { chatRouter } from './routers/chat.ts'
import { conversationRouter } from './routers/conversation.ts'
import { examplesRouter } from './routers/examples.ts'
import { historyRouter } from './routers/history.ts'
import { imageRouter } from './routers/image.ts'
import { invitationRouter } from './routers/invitation.ts'
import { locationRouter } from './routers/location.ts'
import { meRouter } from './routers/me.ts'
import { memberRouter } from './routers/member.ts'
import { moviesRouter } from './routers/movies.ts'
import { permissionRouter } from './routers/permission.ts'
import { personaRouter } from './routers/persona.ts'
import { presenceRouter } from './routers/presence.ts'
import { roleRouter } from './routers/role.ts'
import { sceneRouter } from './routers/scene.ts'
import { sessionRouter } from './routers/session.ts'
import { storyRouter } from './routers/story.ts'
import { thingRouter } from './routers/thing.ts'
import { userRouter } from './routers/user.ts'
import { webhookRouter } from './routers/webhook.ts'
import { worldRouter } from './routers/world.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  account: accountRouter,
  act: actRouter,
  apiKey: apiKeyRouter,
  audit: auditRouter,
  book: bookRouter,
  chat: chatRouter,
  conversation: conversationRouter,
  examples: examplesRouter,
  history: historyRouter,
  image: imageRouter,
  invitation: invitationRouter,
  location: locationRouter,
  me: meRouter,
  member: memberRouter,
  movies: moviesRouter,
  permission: permissionRouter,
  persona: personaRouter,
  presence: presenceRouter,
  role: roleRouter,
  scene: sceneRouter,
  session: sessionRouter,
  story: storyRouter,
  thing: thingRouter,
  user: userRouter,
  webhook: webhookRouter,
  world: worldRouter,
})

export type AppRouter = typeof appRouter
