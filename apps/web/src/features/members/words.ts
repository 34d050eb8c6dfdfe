import type { JSX } from 'solid-js'

export const anInvitation = 'An invitation'
export const as = 'As'
export const byALinkYouShare = 'By a link you share'
export const byEMailToOne = 'By e-mail, to one person'
export const changed = 'Changed.'
export const createLink = 'Create link'
export const editor = 'Editor'
export const editorReadsAndWrites = 'Editor: reads and writes'
export const eMail = 'E-mail'
export const forOnePerson = 'for one person'
export const goThere = 'Go there'
export const haveWhatIsChangedIn = 'Have what is changed in this world posted to addresses of yours.'
export const how = 'How'
export const howManyMayJoinWith = 'How many may join with it'
export const in90Days = 'In 90 days'
export const inADay = 'In a day'
export const inAWeek = 'In a week'
export const invitationOf = (email: string) => ` the invitation of ${email}`
export const invitations = 'Invitations'
export const invitationState = (role: string, left: string, expires: JSX.Element): JSX.Element => [
  `${role} · ${left} · runs out `,
  expires,
]
export const invite = 'Invite'
export const inviteSomebody = 'Invite somebody'
export const invitesYouToRead = (who: JSX.Element, expires: string): JSX.Element => [
  who,
  ` invites you into this world, to read. The link expires ${expires}.`,
]
export const invitesYouToWrite = (who: JSX.Element, expires: string): JSX.Element => [
  who,
  ` invites you into this world, to read and to write. The link expires ${expires}.`,
]
export const itMayHaveBeenUsed = 'It may have been used, revoked or expired. Ask for a new one.'
export const itsLinkNoLongerWorks = 'Its link no longer works.'
export const joinAs = (role: string) => `Join as ${role.toLowerCase()}`
export const leave = 'Leave'
export const leaveNamed = (displayName: string) => `Leave “${displayName}”?`
export const linkIsMailed = (email: string) => `The link is on its way to ${email}. You can also pass it on yourself:`
export const linksPeopleCanJoinWith = 'Links people can join with until they are used up or expire.'
export const makeOwnerNamed = (displayName: string) => `Make ${displayName} the owner?`
export const makeOwnerWhom = (span: JSX.Element): JSX.Element => ['Make owner', span]
export const memberSince = (time: JSX.Element): JSX.Element => ['since ', time]
export const membersOf = (displayName: string) => `Members · ${displayName}`
export const ofWhoever = 'whoever has the link'
export const onlyMembersSeeTheMembers = 'Only members see the members'
export const otherServices = 'Other services'
export const owner = 'Owner'
export const programsCanAlsoFollowIt = 'Programs can also follow it with an API key: see the API’s documentation.'
export const remove = 'Remove'
export const removeNamed = (displayName: string) => `Remove ${displayName}?`
export const removeWhom = (span: JSX.Element): JSX.Element => ['Remove', span]
export const revokeWhat = (span: JSX.Element): JSX.Element => ['Revoke', span]
export const roleOf = (displayName: string) => `Role of ${displayName}`
export const sendTheInvitation = 'Send the invitation'
export const sendThisLinkToWhoever = 'Send this link to whoever should join. It is shown only once:'
export const theInvitation = 'The invitation'
export const theLinkExpires = 'The link expires'
export const thereAreNoOpenInvitations = 'There are no open invitations.'
export const theyAreNotAMember = 'They are not a member any more.'
export const theyCannotReadThisWorld =
  'They cannot read this world any more, unless it is public. What they wrote stays.'
export const theyDecideFromThenOn =
  'They decide from then on who shares the world, and whether it is deleted. You stay, as an editor.'
export const theyJoinAfterSigningIn = 'They join after signing in.'
export const thisInvitationDoesNotWork = 'This invitation does not work'
export const thisWorldIsSharedWith = 'This world is shared with you to read. Ask its owner for an invitation.'
export const transfer = 'Transfer'
export const usesOf = (used: number, most: number) => `${used} of ${most} joined`
export const viewer = 'Viewer'
export const viewerReads = 'Viewer: reads'
export const viewersReadEditorsWriteToo = 'Viewers read; editors write too; the owner decides who does.'
export const webhooks = 'Webhooks'
export const welcomeTo = (displayName: string) => `Welcome to “${displayName}”.`
export const whoeverHasTheLink = 'Whoever has the link'
export const whoShares = (displayName: string) => `Who shares “${displayName}”`
export const you = 'you'
export const youAreInIt = (role: string) => `You are in this world already, as ${role.toLowerCase()}.`
export const youCanComeBackOnly = 'You can come back only with another invitation. What you wrote stays.'
