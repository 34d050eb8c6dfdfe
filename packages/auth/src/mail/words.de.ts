import type * as english from './words.ts'

export const alreadyHere: typeof english.alreadyHere = (signInLink) => ({
  subject: 'Du hast schon ein Konto bei Worldloom',
  text: `Hallo,\n\njemand, wahrscheinlich du, wollte mit dieser Adresse ein Konto bei Worldloom anlegen. Es gibt schon eines: Melde dich an unter\n\n${signInLink}\n\nWenn du das Passwort vergessen hast, kannst du dort ein neues setzen. Wenn du das nicht warst, kannst du diese Mail ignorieren: Es ist nichts geschehen.\n`,
})
export const apiKeyExpires: typeof english.apiKeyExpires = (name, days, link) => ({
  subject: `Dein API-Schlüssel „${name}“ läuft ${days === 1 ? 'innerhalb eines Tages' : `innerhalb von ${days} Tagen`} ab`,
  text: `Hallo,\n\nder API-Schlüssel „${name}“ deines Worldloom-Kontos läuft ${days === 1 ? 'innerhalb eines Tages' : `innerhalb von ${days} Tagen`} ab. Programme, die ihn verwenden, werden danach abgewiesen. Lege hier einen neuen an und gib ihn ihnen rechtzeitig:\n\n${link}\n`,
})
export const apiKeyLeaked: typeof english.apiKeyLeaked = (name, where, link) => ({
  subject: `Dein API-Schlüssel „${name}“ wurde öffentlich gefunden`,
  text: `Hallo,\n\nder API-Schlüssel „${name}“ deines Worldloom-Kontos wurde öffentlich gefunden${where ? `:\n\n${where}\n\n` : '. '}Er wurde sofort abgeschaltet. Sieh nach, wofür er benutzt wurde, nimm ihn dort heraus und erneuere ihn, was ihm ein anderes Geheimnis gibt:\n\n${link}\n`,
})
export const invitation: typeof english.invitation = (world, inviter, link) => ({
  subject: `${inviter} lädt dich ein: „${world}“`,
  text: `Hallo,\n\n${inviter} möchte die Welt „${world}“ mit dir teilen. Öffne diesen Link, um beizutreten:\n\n${link}\n\nEr gilt für eine Person. Wenn du nicht weißt, worum es geht, kannst du diese Mail ignorieren: Es geschieht nichts.\n`,
})
export const passwordChanged: typeof english.passwordChanged = () => ({
  subject: 'Dein Passwort bei Worldloom wurde geändert',
  text: 'Hallo,\n\ndas Passwort deines Kontos bei Worldloom wurde gerade geändert, und alle anderen Geräte wurden abgemeldet. Wenn du das nicht warst, setze auf der Anmeldeseite sofort ein neues.\n',
})
export const recoveryCodeUsed: typeof english.recoveryCodeUsed = (left) => ({
  subject: 'Ein Wiederherstellungscode deines Worldloom-Kontos wurde benutzt',
  text: `Hallo,\n\njemand, wahrscheinlich du, hat sich gerade mit einem Wiederherstellungscode bei deinem Worldloom-Konto angemeldet. ${left === 1 ? 'Einer ist noch' : `${left} sind noch`} übrig; neue machst du unter Einstellungen, Sicherheit. Wenn du das nicht warst, ändere sofort dein Passwort, und melde alle anderen Geräte ab.\n`,
})
export const resetPassword: typeof english.resetPassword = (link) => ({
  subject: 'Neues Passwort für Worldloom setzen',
  text: `Hallo,\n\num ein neues Passwort zu setzen, öffne innerhalb einer Stunde diesen Link:\n\n${link}\n\nWenn du das nicht angefordert hast, kannst du diese Mail ignorieren: Dein Passwort bleibt, wie es ist.\n`,
})
const factorNames = { passkey: 'Ein Passkey', totp: 'Eine Authentifizierungs-App' } as const
export const secondFactorAdded: typeof english.secondFactorAdded = (kind) => ({
  subject: `${factorNames[kind]} wurde deinem Worldloom-Konto hinzugefügt`,
  text: `Hallo,\n\ndeinem Worldloom-Konto wurde gerade etwas hinzugefügt: ${factorNames[kind]}. Alle anderen Geräte wurden abgemeldet. Ab jetzt wird beim Anmelden danach gefragt. Wenn du das nicht warst, bitte sofort jemanden, der Worldloom verwaltet, es wegzunehmen.\n`,
})
export const secondFactorRemoved: typeof english.secondFactorRemoved = (kind) => ({
  subject: `${factorNames[kind]} wurde von deinem Worldloom-Konto entfernt`,
  text: `Hallo,\n\nvon deinem Worldloom-Konto wurde gerade etwas entfernt: ${factorNames[kind]}. Wenn du das nicht warst, ändere sofort dein Passwort, und melde alle anderen Geräte ab.\n`,
})
export const secondFactorsReset: typeof english.secondFactorsReset = () => ({
  subject: 'Die zweiten Faktoren deines Worldloom-Kontos wurden entfernt',
  text: 'Hallo,\n\njemand, der Worldloom verwaltet, hat deinem Konto gerade alle Passkeys, die Authentifizierungs-App und die Wiederherstellungscodes weggenommen und dich überall abgemeldet. Wenn du nicht darum gebeten hast, sage es sofort.\n',
})
export const verifyEmail: typeof english.verifyEmail = (link) => ({
  subject: 'Bestätige deine E-Mail-Adresse für Worldloom',
  text: `Hallo,\n\num zu bestätigen, dass diese Adresse dir gehört, öffne innerhalb eines Tages diesen Link:\n\n${link}\n\nWenn du das nicht angefordert hast, kannst du diese Mail ignorieren: Es geschieht nichts.\n`,
})
export const webhookOff: typeof english.webhookOff = (host, world, link) => ({
  subject: `Ein Webhook von „${world}“ wurde ausgeschaltet`,
  text: `Hallo,\n\nder Webhook der Welt „${world}“ an ${host} wurde ausgeschaltet: Einen Tag lang ließ sich dort nichts zustellen, oder die Adresse sagte, dass es sie nicht mehr gibt. Was fehlt, wird gesendet, sobald du ihn wieder einschaltest:\n\n${link}\n`,
})
