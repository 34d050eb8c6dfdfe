import type * as english from './words.ts'

export const anInvitation = 'Eine Einladung'
export const as = 'Als'
export const byALinkYouShare = 'Mit einem Link, den du weitergibst'
export const byEMailToOne = 'Per E-Mail, an eine Person'
export const changed = 'Geändert.'
export const createLink = 'Link anlegen'
export const editor = 'Mitschreibend'
export const editorReadsAndWrites = 'Mitschreibend: liest und schreibt'
export const eMail = 'E-Mail'
export const forOnePerson = 'für eine Person'
export const goThere = 'Dorthin'
export const haveWhatIsChangedIn = 'Lass Änderungen dieser Welt an eigene Adressen schicken.'
export const how = 'Wie'
export const howManyMayJoinWith = 'Wie viele damit beitreten können'
export const in90Days = 'In 90 Tagen'
export const inADay = 'In einem Tag'
export const inAWeek = 'In einer Woche'
export const invitationOf: typeof english.invitationOf = (email) => `: Einladung für ${email}`
export const invitations = 'Einladungen'
export const invitationState: typeof english.invitationState = (role, left, expires) => [
  `${role} · ${left} · läuft ab `,
  expires,
]
export const invite = 'Einladen'
export const inviteSomebody = 'Jemanden einladen'
export const invitesYouToRead: typeof english.invitesYouToRead = (who, expires) => [
  who,
  ` lädt dich ein, diese Welt zu lesen. Der Link läuft ab: ${expires}.`,
]
export const invitesYouToWrite: typeof english.invitesYouToWrite = (who, expires) => [
  who,
  ` lädt dich ein, in dieser Welt zu lesen und zu schreiben. Der Link läuft ab: ${expires}.`,
]
export const itMayHaveBeenUsed =
  'Vielleicht wurde sie schon benutzt, widerrufen oder ist abgelaufen. Bitte um eine neue.'
export const itsLinkNoLongerWorks = 'Ihr Link funktioniert nicht mehr.'
export const joinAs: typeof english.joinAs = (role) => `Beitreten: ${role}`
export const leave = 'Verlassen'
export const leaveNamed: typeof english.leaveNamed = (displayName) => `„${displayName}“ verlassen?`
export const linkIsMailed: typeof english.linkIsMailed = (email) =>
  `Der Link ist unterwegs zu ${email}. Du kannst ihn auch selbst weitergeben:`
export const linksPeopleCanJoinWith = 'Links, mit denen man beitreten kann, bis sie verbraucht oder abgelaufen sind.'
export const makeOwnerNamed: typeof english.makeOwnerNamed = (displayName) => `Die Welt an ${displayName} übergeben?`
export const makeOwnerWhom: typeof english.makeOwnerWhom = (span) => ['Leitung übergeben', span]
export const memberSince: typeof english.memberSince = (time) => ['Mitglied: ', time]
export const membersOf: typeof english.membersOf = (displayName) => `Mitglieder · ${displayName}`
export const ofWhoever = 'alle mit dem Link'
export const onlyMembersSeeTheMembers = 'Nur Mitglieder sehen die Mitglieder'
export const otherServices = 'Andere Dienste'
export const owner = 'Leitung'
export const programsCanAlsoFollowIt =
  'Programme können sie auch mit einem API-Schlüssel verfolgen: siehe die Dokumentation der API.'
export const remove = 'Entfernen'
export const removeNamed: typeof english.removeNamed = (displayName) => `${displayName} entfernen?`
export const removeWhom: typeof english.removeWhom = (span) => ['Entfernen', span]
export const revokeWhat: typeof english.revokeWhat = (span) => ['Widerrufen', span]
export const roleOf: typeof english.roleOf = (displayName) => `Rolle von ${displayName}`
export const sendTheInvitation = 'Einladung senden'
export const sendThisLinkToWhoever = 'Schicke diesen Link an alle, die beitreten sollen. Er wird nur einmal angezeigt:'
export const theInvitation = 'Die Einladung'
export const theLinkExpires = 'Der Link läuft ab'
export const thereAreNoOpenInvitations = 'Es gibt keine offenen Einladungen.'
export const theyAreNotAMember = 'Die Person ist kein Mitglied mehr.'
export const theyCannotReadThisWorld =
  'Die Person kann diese Welt nicht mehr lesen, außer sie ist öffentlich. Was sie geschrieben hat, bleibt.'
export const theyDecideFromThenOn =
  'Die Person entscheidet von da an, mit wem die Welt geteilt und ob sie gelöscht wird. Du bleibst und schreibst weiter mit.'
export const theyJoinAfterSigningIn = 'Beitreten kann man nach dem Anmelden.'
export const thisInvitationDoesNotWork = 'Diese Einladung gilt nicht'
export const thisWorldIsSharedWith =
  'Du darfst diese Welt lesen. Für mehr bitte die Leitung der Welt um eine Einladung.'
export const transfer = 'Übergeben'
export const usesOf: typeof english.usesOf = (used, most) => `${used} von ${most} beigetreten`
export const viewer = 'Mitlesend'
export const viewerReads = 'Mitlesend: liest'
export const viewersReadEditorsWriteToo =
  'Mitlesende lesen, Mitschreibende schreiben auch, die Leitung entscheidet, wer was darf.'
export const webhooks = 'Webhooks'
export const welcomeTo: typeof english.welcomeTo = (displayName) => `Willkommen in „${displayName}“.`
export const whoeverHasTheLink = 'Alle mit dem Link'
export const whoShares: typeof english.whoShares = (displayName) => `Wer „${displayName}“ teilt`
export const you = 'du'
export const youAreInIt: typeof english.youAreInIt = (role) => `Du bist schon in dieser Welt: ${role}.`
export const youCanComeBackOnly = 'Zurück kommst du nur mit einer neuen Einladung. Was du geschrieben hast, bleibt.'
