import { accountRouter } from './routers/account.ts'
import { actRouter } from './routers/act.ts'
import { apiKeyRouter } from './routers/apiKey.ts'
import { auditRouter } from './routers/audit.ts'
import { bookRouter } from './routers/book.ts'
import { bulkRouter } from './routers/bulk.ts'
import { calendarRouter } from './routers/calendar.ts'
import { changeSetRouter } from './routers/changeSet.ts'
import { chatRouter } from './routers/chat.ts'
import { continuityRouter } from './routers/continuity.ts'
import { conversationRouter } from './routers/conversation.ts'
import { examplesRouter } from './routers/examples.ts'
import { grantRouter } from './routers/grant.ts'
import { graphRouter } from './routers/graph.ts'
import { historyRouter } from './routers/history.ts'
import { imageRouter } from './routers/image.ts'
import { invitationRouter } from './routers/invitation.ts'
import { jobRouter } from './routers/job.ts'
import { linkRouter } from './routers/link.ts'
import { linkKindRouter } from './routers/linkKind.ts'
import { locationRouter } from './routers/location.ts'
import { mapRouter } from './routers/map.ts'
import { markerRouter } from './routers/marker.ts'
import { meRouter } from './routers/me.ts'
import { memberRouter } from './routers/member.ts'
import { mentionRouter } from './routers/mention.ts'
import { moviesRouter } from './routers/movies.ts'
import { oauthClientRouter } from './routers/oauthClient.ts'
import { permissionRouter } from './routers/permission.ts'
import { personaRouter } from './routers/persona.ts'
import { pinRouter } from './routers/pin.ts'
import { presenceRouter } from './routers/presence.ts'
import { roleRouter } from './routers/role.ts'
import { sceneRouter } from './routers/scene.ts'
import { searchRouter } from './routers/search.ts'
import { secondFactorRouter } from './routers/secondFactor.ts'
import { sessionRouter } from './routers/session.ts'
import { shareLinkRouter } from './routers/shareLink.ts'
import { statisticsRouter } from './routers/statistics.ts'
import { storyRouter } from './routers/story.ts'
import { tagRouter } from './routers/tag.ts'
import { thingRouter } from './routers/thing.ts'
import { timelineRouter } from './routers/timeline.ts'
import { userRouter } from './routers/user.ts'
import { viewRouter } from './routers/view.ts'
import { webhookRouter } from './routers/webhook.ts'
import { worldRouter } from './routers/world.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  account: accountRouter,
  act: actRouter,
  apiKey: apiKeyRouter,
  audit: auditRouter,
  book: bookRouter,
  bulk: bulkRouter,
  changeSet: changeSetRouter,
  calendar: calendarRouter,
  chat: chatRouter,
  continuity: continuityRouter,
  conversation: conversationRouter,
  examples: examplesRouter,
  grant: grantRouter,
  graph: graphRouter,
  history: historyRouter,
  image: imageRouter,
  invitation: invitationRouter,
  job: jobRouter,
  link: linkRouter,
  linkKind: linkKindRouter,
  location: locationRouter,
  map: mapRouter,
  marker: markerRouter,
  me: meRouter,
  member: memberRouter,
  mention: mentionRouter,
  movies: moviesRouter,
  oauthClient: oauthClientRouter,
  permission: permissionRouter,
  persona: personaRouter,
  pin: pinRouter,
  presence: presenceRouter,
  role: roleRouter,
  scene: sceneRouter,
  search: searchRouter,
  secondFactor: secondFactorRouter,
  session: sessionRouter,
  shareLink: shareLinkRouter,
  statistics: statisticsRouter,
  story: storyRouter,
  tag: tagRouter,
  thing: thingRouter,
  timeline: timelineRouter,
  user: userRouter,
  view: viewRouter,
  webhook: webhookRouter,
  world: worldRouter,
})

export type AppRouter = typeof appRouter
