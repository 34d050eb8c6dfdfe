/** The sentences of errors in German, by those in English, with `{name}` for what is put in. */
export const messages: Readonly<Record<string, string>> = {
  '{name} has made worlds or parts of them, also in the trash. Deactivate the account instead: what they made stays.':
    '{name} hat Welten oder Teile davon angelegt, auch im Papierkorb. Deaktiviere das Konto stattdessen: Was angelegt wurde, bleibt.',
  'Say which version you change: send If-Match with the ETag it was read with, e.g. If-Match: "3".':
    'Sag, welche Version du änderst: Sende If-Match mit dem ETag, mit dem sie gelesen wurde, z. B. If-Match: "3".',
  'Reads the same as the name: make the kind symmetric, or say how it reads from the other end':
    'Liest sich wie der Name: Mach die Art symmetrisch, oder sag, wie sie sich vom anderen Ende aus liest',
  'There has to be at least one administrator. Make somebody else an administrator first.':
    'Mindestens eine Person muss die Verwaltung haben. Gib sie zuerst jemand anderem.',
  'This world, or part of it, already exists here. Import it with new ids to make a copy.':
    'Diese Welt oder ein Teil davon ist schon hier. Importiere sie mit neuen Ids, um eine Kopie zu machen.',
  'This link has been opened as often as it can be. Ask whoever sent it for a new one.':
    'Dieser Link wurde so oft geöffnet, wie es geht. Bitte um einen neuen.',
  'This takes having signed in within the last ten minutes. Confirm that it is you, or sign in again.':
    'Dafür musst du dich in den letzten zehn Minuten angemeldet haben. Bestätige, dass du es bist, oder melde dich noch einmal an.',
  'This {resource} has changed since you opened it. Compare the two versions and save again.':
    'Seit dem Öffnen hat sich etwas geändert ({resource}). Vergleiche beide Fassungen und speichere noch einmal.',
  'The API key is unknown, inactive or expired, or its owner has been deactivated.':
    'Der API-Schlüssel ist unbekannt, inaktiv oder abgelaufen, oder die Person dazu wurde deaktiviert.',
  'This is your last way to sign in. Link another account or set a password first.':
    'Das ist dein letzter Weg zum Anmelden. Verbinde zuerst ein anderes Konto, oder setze ein Passwort.',
  'Is among the first that are guessed: choose another, e.g. four unrelated words':
    'Gehört zu den ersten, die man errät: Wähle ein anderes, z. B. vier Wörter ohne Zusammenhang',
  'That idempotency key was already used for a different request. Use a new one.':
    'Dieser Idempotenzschlüssel wurde schon für eine andere Anfrage benutzt. Nimm einen neuen.',
  'The secret can’t be read, as APP_SECRET is another by now. Make a new secret.':
    'Das Geheimnis lässt sich nicht lesen, da APP_SECRET inzwischen ein anderes ist. Erzeuge ein neues.',
  'There {are} of this kind, which may not fit. Make another kind, or delete {them} first.':
    'Es gibt Verknüpfungen dieser Art, die dann vielleicht nicht passen. Lege eine andere Art an, oder lösche sie zuerst.',
  'The access token was signed with a key that is unknown or has been revoked.':
    'Das Zugriffstoken wurde mit einem Schlüssel signiert, der unbekannt oder widerrufen ist.',
  'The change log no longer has that position. Sync anew: start without one.':
    'Das Änderungsprotokoll hat diese Stelle nicht mehr. Gleiche neu ab: Beginne ohne eine.',
  'With asOf, lists are sorted by name, createdAt or, in a parent, position':
    'Mit asOf sind Listen nach name, createdAt oder, in einem Eintrag, position sortiert',
  'Must be *, or a kind and an action, such as persona.* or persona.update':
    'Muss * sein, oder eine Art und eine Aktion, etwa persona.* oder persona.update',
  'Through others it is already “{label}” the first entry: that would be a circle':
    'Über andere gilt für den ersten Eintrag schon „{label}“: Das wäre ein Kreis',
  'Send one credential: either Authorization or X-API-Key, and only once.':
    'Sende nur einen Nachweis: entweder Authorization oder X-API-Key, und nur einmal.',
  'It belongs to the {kind} “{name}”, which is also in the trash. Restore that first.':
    'Es gehört zu „{name}“ ({kind}), auch im Papierkorb. Stelle das zuerst wieder her.',
  'Must be lower-case letters, digits and dashes, beginning with a letter':
    'Muss aus Kleinbuchstaben, Ziffern und Bindestrichen bestehen und mit einem Buchstaben beginnen',
  'This conversation has reached its limit of {most} messages. Start a new one.':
    'Dieses Gespräch hat die Grenze von {most} Nachrichten erreicht. Beginne ein neues.',
  'An answer is still being written in this conversation. Stop it first.':
    'In diesem Gespräch wird noch eine Antwort geschrieben. Halte sie zuerst an.',
  'Another {kind} in this world already has that name. Choose a different one.':
    'In dieser Welt gibt es schon etwas mit diesem Namen ({kind}). Wähle einen anderen.',
  'Confirm your e-mail address first: it is what you would sign in with.':
    'Bestätige zuerst deine E-Mail-Adresse: Mit ihr würdest du dich anmelden.',
  'You can have {most} answers in progress at a time. Wait for one to finish.':
    'Es können nur {most} Antworten gleichzeitig entstehen. Warte, bis eine fertig ist.',
  'This key or app lacks the permission {permission}, which its owner has. Use one that has it.':
    'Diesem Schlüssel oder dieser App fehlt die Berechtigung {permission}, die der Besitzer hat. Nimm etwas, das sie hat.',
  'You need the permission {permission} to do that. An administrator can grant it.':
    'Dafür brauchst du die Berechtigung {permission}. Die Verwaltung kann sie vergeben.',
  'Many worlds are being exported and imported. Try again in a minute.':
    'Gerade werden viele Welten exportiert und importiert. Versuche es in einer Minute noch einmal.',
  'Must be an http(s) address without a username, password or fragment':
    'Muss eine http(s)-Adresse ohne Benutzernamen, Passwort und Fragment sein',
  'This API key is limited to certain worlds and cannot create others.':
    'Dieser API-Schlüssel ist auf bestimmte Welten beschränkt und kann keine anderen anlegen.',
  'That cursor does not belong to this list. Start again without one.':
    'Dieser Cursor gehört nicht zu dieser Liste. Beginne ohne einen von vorn.',
  'There {are} of this kind between other kinds of entries. Delete {them} first.':
    'Es gibt Verknüpfungen dieser Art zwischen anderen Arten von Einträgen. Lösche sie zuerst.',
  'A world has to have an owner. Make somebody else the owner first.':
    'Eine Welt braucht eine Leitung. Übergib sie zuerst jemand anderem.',
  'Authorization must be "Bearer" and an access token or an API key.':
    'Authorization muss „Bearer“ und ein Zugriffstoken oder ein API-Schlüssel sein.',
  'Is too close to your name, your address or the name of this place':
    'Ist deinem Namen, deiner Adresse oder dem Namen dieses Ortes zu ähnlich',
  'The access token is not for here: its "{claim}" is not what it must be.':
    'Das Zugriffstoken ist nicht für hier: Sein „{claim}“ ist nicht, was es sein muss.',
  'Is not an image of a kind we take: PNG, JPEG, WebP, AVIF or GIF':
    'Ist kein Bild einer Art, die wir nehmen: PNG, JPEG, WebP, AVIF oder GIF',
  'A world named “{name}” already exists. Import it under another name.':
    'Eine Welt namens „{name}“ gibt es schon. Importiere sie unter einem anderen Namen.',
  'Give at least one word to look for, besides those to leave out':
    'Gib außer den ausgeschlossenen mindestens ein Wort an, nach dem gesucht wird',
  'There is something in “{name}” by now. Move it to the trash instead.':
    'In „{name}“ ist inzwischen etwas. Lege es stattdessen in den Papierkorb.',
  'You need the role {role} to do that. An administrator can grant it.':
    'Dafür brauchst du die Rolle {role}. Die Verwaltung kann sie vergeben.',
  'The database is unavailable right now. Try again in a moment.':
    'Die Datenbank ist gerade nicht erreichbar. Versuche es gleich noch einmal.',
  'There would be more than {most} groups. Choose fewer entries first.':
    'Es gäbe mehr als {most} Gruppen. Wähle zuerst weniger Einträge.',
  'Something went wrong on our side. Quote {id} when you report it.':
    'Bei uns ist etwas schiefgegangen. Nenne {id}, wenn du es meldest.',
  'Refers to something that is not in it, or is of another kind':
    'Verweist auf etwas, das nicht darin ist oder von anderer Art ist',
  'This world already has {most} open invitations. Revoke some first.':
    'Diese Welt hat schon {most} offene Einladungen. Widerrufe zuerst einige.',
  'This world already has {most} open share links. Revoke some first.':
    'Diese Welt hat schon {most} offene Freigabelinks. Widerrufe zuerst einige.',
  'That {field} is already used by another {resource}. Choose a different one.':
    'Das wird schon anderswo benutzt ({field}, {resource}). Wähle etwas anderes.',
  'An answer is being written. Wait for it, or stop it first.':
    'Eine Antwort wird geschrieben. Warte auf sie, oder halte sie zuerst an.',
  'The admin role permits everything; that cannot be changed.':
    'Die Rolle admin erlaubt alles; das lässt sich nicht ändern.',
  'The session of this access token has ended. Sign in again.':
    'Die Sitzung dieses Zugriffstokens ist beendet. Melde dich wieder an.',
  '“{name}” has been worked on since. Move it to the trash instead.':
    'An „{name}“ wurde seitdem gearbeitet. Lege es stattdessen in den Papierkorb.',
  'This invitation has already been used. Ask for a new one.':
    'Diese Einladung wurde schon benutzt. Bitte um eine neue.',
  'No {what} is configured on this server. Its operator can set {settings}.':
    'Auf diesem Server fehlt eine Einrichtung ({what}). Wer ihn betreibt, kann {settings} setzen.',
  'There can be only one at a time, and there is already: {other}.':
    'Es kann immer nur eine geben, und es gibt schon: {other}.',
  'The archive contains {name}, which its manifest does not list.':
    'Das Archiv enthält {name}, im Verzeichnis nicht genannt.',
  'Somebody else changed this at the same time. Try again.':
    'Jemand anders hat dies gleichzeitig geändert. Versuche es noch einmal.',
  'You can’t grant permissions you don’t have yourself: {permissions}.':
    'Du kannst keine Berechtigungen vergeben, die du selbst nicht hast: {permissions}.',
  'If-Match must be one ETag of ours, e.g. If-Match: "3".': 'If-Match muss ein ETag von uns sein, z. B. If-Match: "3".',
  'Only the owner and editors of this world can do that.':
    'Das können nur die Leitung und die Mitschreibenden dieser Welt.',
  '“{name}” has been changed again since. Nothing was undone.':
    '„{name}“ wurde seitdem wieder geändert. Es wurde nichts rückgängig gemacht.',
  'A world can have {most} kinds of links. Delete some first.':
    'Eine Welt kann {most} Verknüpfungsarten haben. Lösche zuerst einige.',
  'Send the version once: either If-Match or the field.': 'Sende die Version einmal: entweder If-Match oder das Feld.',
  'Has more than {count} million pixels: make it smaller first':
    'Hat mehr als {count} Millionen Pixel: Mach es zuerst kleiner',
  'The archive contains {name}, which is not part of a world.': 'Das Archiv enthält {name}, nicht Teil einer Welt.',
  'A world can have {most} tags. Merge or delete some first.':
    'Eine Welt kann {most} Schlagwörter haben. Führe zuerst einige zusammen oder lösche sie.',
  'Must be the `next` of a page, or the id of an event':
    'Muss das `next` einer Seite oder die Id eines Ereignisses sein',
  'The story is already in this book. Move it instead.':
    'Die Geschichte ist schon in diesem Buch. Verschiebe sie stattdessen.',
  'What is symmetric joins the same kinds at both ends':
    'Was symmetrisch ist, verbindet an beiden Enden dieselben Arten',
  'The files in this zip have more than 2 GB together.': 'Die Dateien in diesem Zip haben zusammen mehr als 2 GB.',
  'Joining a world can’t be undone. Leave it instead.':
    'Ein Beitritt lässt sich nicht rückgängig machen. Verlasse die Welt stattdessen.',
  'The permission {name} is built in and cannot be deleted.':
    'Die Berechtigung {name} ist eingebaut und lässt sich nicht löschen.',
  'Is not the file that images.ndjson tells of: its {part}': 'Ist nicht die Datei, die images.ndjson nennt: {part}',
  'Not all of these are in the texts of this version': 'Nicht alle davon stehen in den Texten dieser Fassung',
  'The form is broken off or no multipart/form-data.': 'Das Formular ist abgebrochen oder kein multipart/form-data.',
  'You can pin {most} entries of a world. Unpin one first.':
    'Du kannst {most} Einträge einer Welt anheften. Löse zuerst einen.',
  'You can save {most} views of a world. Delete one first.':
    'Du kannst {most} Ansichten einer Welt speichern. Lösche zuerst eine.',
  'Is required: send the image as a part named file': 'Muss angegeben werden: Sende das Bild als Teil namens file',
  'No such {kind} here; it may have been moved or deleted':
    'Hier nicht zu finden ({kind}); vielleicht verschoben oder gelöscht',
  'There is now another {kind} named “{name}”. Rename it first.':
    'Inzwischen gibt es einen anderen Eintrag namens „{name}“ ({kind}). Benenne ihn zuerst um.',
  'Send JSON, with content-type: application/json.': 'Sende JSON, mit content-type: application/json.',
  'Must be $ and a name in letters and digits, such as $harbour':
    'Muss $ und ein Name aus Buchstaben und Ziffern sein, etwa $harbour',
  'Must be an id, or the name of an entry that this creates':
    'Muss eine Id sein, oder der Name eines Eintrags, der hierdurch entsteht',
  'Must have an action: create, update, delete or link': 'Braucht eine action: create, update, delete oder link',
  'Is the name of another one already': 'Heißt schon ein anderer so',
  'Nothing that is created before has the name {name}': 'Nichts, was vorher entsteht, heißt {name}',
  'Something that this changes was changed since you looked at it. Look at it again first.':
    'Etwas davon wurde geändert, seit du es angesehen hast. Sieh es dir zuerst noch einmal an.',
  '{most} of your proposals wait for a decision in this world. Confirm or dismiss some first.':
    '{most} deiner Vorschläge warten in dieser Welt auf eine Entscheidung. Bestätige oder verwirf zuerst einige.',
  'Must be base64url': 'Muss base64url sein',
  'This passkey is known already': 'Dieser Passkey ist schon bekannt',
  'Browsers allow passkeys over HTTPS only, at a name. This address (PUBLIC_URL) is none.':
    'Browser erlauben Passkeys nur über HTTPS, unter einem Namen. Diese Adresse (PUBLIC_URL) ist keine solche.',
  'Is not one that can be used here. Try again, or use another way':
    'Lässt sich hier nicht benutzen. Versuche es noch einmal, oder nimm einen anderen Weg',
  'Recovery codes go with a second factor. Add one first.':
    'Wiederherstellungscodes gehören zu einem zweiten Faktor. Füge zuerst einen hinzu.',
  'Your role requires a second factor. Add another one first.':
    'Deine Rolle verlangt einen zweiten Faktor. Füge zuerst einen anderen hinzu.',
  'Is wrong, or was used already': 'Ist falsch, oder wurde schon benutzt',
  'You have an authenticator app already. Remove it first to set up another.':
    'Du hast schon eine Authentifizierungs-App. Entferne sie zuerst, um eine andere einzurichten.',
  'You have no password here.': 'Du hast hier kein Passwort.',
  'This answer could cost more than is left of what {what} may cost.':
    'Diese Antwort könnte mehr kosten, als von dem übrig ist, was {what} kosten darf.',
  'This answer has reached its limit of proposals.': 'Diese Antwort hat die Grenze ihrer Vorschläge erreicht.',
  'This invitation has expired. Ask for a new one.': 'Diese Einladung ist abgelaufen. Bitte um eine neue.',
  'Who owns a world is changed by transferring it.': 'Wer eine Welt leitet, ändert sich durch Übergeben.',
  'The archive is damaged: {file} contains invalid JSON.': 'Das Archiv ist beschädigt: {file} enthält ungültiges JSON.',
  'A {kind} lies in nothing that it could be moved from':
    'Liegt in nichts, woraus es verschoben werden könnte ({kind})',
  'Must be an answer: only answers can be retried': 'Muss eine Antwort sein: Nur Antworten lassen sich wiederholen',
  'Signing in with a password is turned off here.': 'Die Anmeldung mit einem Passwort ist hier ausgeschaltet.',
  'The server is stopping. Try again in a moment.': 'Der Server hält gerade an. Versuche es gleich noch einmal.',
  'A world can have {most} webhooks. Delete one first.': 'Eine Welt kann {most} Webhooks haben. Lösche zuerst einen.',
  'The e-mail address or the password is wrong.': 'Die E-Mail-Adresse oder das Passwort ist falsch.',
  'Must be a question: answers cannot be edited': 'Muss eine Frage sein: Antworten lassen sich nicht bearbeiten',
  'The access token has expired. Get a new one.': 'Das Zugriffstoken ist abgelaufen. Hol ein neues.',
  'The role {name} is built in and cannot be deleted.': 'Die Rolle {name} ist eingebaut und lässt sich nicht löschen.',
  'A map can have {most} markers. Delete some first.':
    'Eine Karte kann {most} Markierungen haben. Lösche zuerst einige.',
  'A span has two ends: write it with one dash': 'Eine Spanne hat zwei Enden: Schreibe sie mit einem Strich',
  'Accounts are made by an administrator here.': 'Konten legt hier die Verwaltung an.',
  'There is no such kind of link in this world': 'Diese Verknüpfungsart gibt es in dieser Welt nicht',
  'What is symmetric is manyToMany or oneToOne': 'Was symmetrisch ist, ist manyToMany oder oneToOne',
  'You are not a member of all of these worlds': 'Du bist nicht Mitglied all dieser Welten',
  'A world can have {most} maps. Delete some first.': 'Eine Welt kann {most} Karten haben. Lösche zuerst einige.',
  'Give it a label, or an entry that it marks': 'Gib eine Beschriftung an, oder einen Eintrag, der markiert wird',
  'Must look like resource:action, in letters': 'Muss wie resource:action aussehen, in Buchstaben',
  'The change log no longer says what “{name}” was.': 'Das Änderungsprotokoll sagt nicht mehr, was „{name}“ war.',
  'With these mentions it would be too long: {field}': 'Mit diesen Erwähnungen würde es zu lang: {field}',
  'Only the owner of this world can do that.': 'Das kann nur die Leitung dieser Welt.',
  'Too many attempts. Try again in {time} seconds.': 'Zu viele Versuche. Versuche es in {time} Sekunden noch einmal.',
  'Too many attempts. Try again in {time} minutes.': 'Zu viele Versuche. Versuche es in {time} Minuten noch einmal.',
  'Contains a location that is inside itself': 'Enthält einen Ort, der in sich selbst liegt',
  'Contains characters that cannot be stored': 'Enthält Zeichen, die sich nicht speichern lassen',
  'Must be 1 to 255 visible ASCII characters': 'Muss aus 1 bis 255 sichtbaren ASCII-Zeichen bestehen',
  'What is symmetric has no parent or owner': 'Was symmetrisch ist, hat weder Elternteil noch Besitz',
  'What was uploaded to “{name}” can’t be undone.':
    'Was zu „{name}“ hochgeladen wurde, lässt sich nicht rückgängig machen.',
  'Not all of these tags are in this world': 'Nicht alle dieser Schlagwörter sind in dieser Welt',
  'Sorting by position needs a {kind}: give its {field}':
    'Nach Platz sortieren geht nur in einem Eintrag ({kind}): Gib {field} an',
  'The access token is unknown, has expired, or the app may not act for you any more.':
    'Das Zugriffstoken ist unbekannt oder abgelaufen, oder die App darf nicht mehr für dich handeln.',
  'The access token is for another resource. Get one for this.':
    'Das Zugriffstoken ist für etwas anderes ausgestellt. Hol eines hierfür.',
  'Choose at least one thing that the app may do.': 'Wähle mindestens etwas, das die App darf.',
  'This code has expired. Begin again on the device.': 'Dieser Code ist abgelaufen. Beginne am Gerät von vorn.',
  'This code has been used already.': 'Dieser Code wurde schon benutzt.',
  'This API key may not be used from this address.':
    'Dieser API-Schlüssel darf von dieser Adresse aus nicht benutzt werden.',
  'This API key has used up its {most} requests of this month.':
    'Dieser API-Schlüssel hat seine {most} Anfragen dieses Monats aufgebraucht.',
  'This API key has used up its {most} tokens of this month.':
    'Dieser API-Schlüssel hat seine {most} Tokens dieses Monats aufgebraucht.',
  'Others have this key. Rotate it, which gives it another secret.':
    'Andere haben diesen Schlüssel. Erneuere ihn, was ihm ein anderes Geheimnis gibt.',
  'Must be 0.01 or more': 'Muss 0,01 oder mehr sein',
  'Is too much': 'Ist zu viel',
  'Must be an IP address or a range such as 203.0.113.0/24':
    'Muss eine IP-Adresse oder ein Bereich wie 203.0.113.0/24 sein',
  'The API key is malformed or incomplete.': 'Der API-Schlüssel ist fehlerhaft oder unvollständig.',
  'These two are linked like that already.': 'Diese beiden sind schon so verknüpft.',
  'You are already a member of this world.': 'Du bist schon Mitglied dieser Welt.',
  'Must be thumb, small, large or original': 'Muss thumb, small, large oder original sein',
  'The archive is incomplete: {name} is missing.': 'Das Archiv ist unvollständig: {name} fehlt.',
  'The archive has no file for the image {id}.': 'Das Archiv enthält keine Datei für das Bild {id}.',
  'There are more than {most} files in this zip.': 'In diesem Zip sind mehr als {most} Dateien.',
  'No such {resource}, or it isn’t shared with you.': 'Nicht gefunden oder nicht mit dir geteilt: {resource}.',
  'Must be an answer of this conversation': 'Muss eine Antwort dieses Gesprächs sein',
  'Must be the id of an event of a stream': 'Muss die Id eines Ereignisses eines Stroms sein',
  'There is no e-mail address to confirm.': 'Es gibt keine E-Mail-Adresse zu bestätigen.',
  'The archive is damaged: {name} was modified.': 'Das Archiv ist beschädigt: {name} wurde verändert.',
  'An entry cannot be linked with itself': 'Ein Eintrag lässt sich nicht mit sich selbst verknüpfen',
  'Must be by the name of a field, or “{entry}”': 'Muss nach dem Namen eines Feldes benannt sein, oder „{entry}“',
  'Send the file as multipart/form-data.': 'Sende die Datei als multipart/form-data.',
  'You have {most} API keys. Delete one first.': 'Du hast {most} API-Schlüssel. Lösche zuerst einen.',
  "“{text}” is no date of the world's calendar": '„{text}“ ist kein Datum im Kalender der Welt',
  'The file is no zip, or is damaged ({reason}).': 'Die Datei ist kein Zip oder beschädigt ({reason}).',
  'Must be a UUID that the client chose': 'Muss eine UUID sein, die der Client gewählt hat',
  'Needs the world that the scene is in': 'Braucht die Welt, in der die Szene ist',
  'There is no such entry in this world': 'Diesen Eintrag gibt es in dieser Welt nicht',
  'There is no such scene in this world': 'Diese Szene gibt es in dieser Welt nicht',
  '{people} the role {name}. Take it from them first.':
    'Manche haben noch die Rolle {name}. Entziehe sie ihnen zuerst.',
  'Must be a cursor that a search gave': 'Muss ein Cursor sein, den eine Suche gegeben hat',
  'The access token is not valid here.': 'Das Zugriffstoken gilt hier nicht.',
  'There {are} of this kind. Delete {them} first.': 'Es gibt noch Verknüpfungen dieser Art. Lösche sie zuerst.',
  'What is symmetric always leads back': 'Was symmetrisch ist, führt immer zurück',
  '{count} of them {are} not {what}. Load the list again': 'Manche davon passen nicht mehr. Lade die Liste noch einmal',
  'Must be private, unlisted or public': 'Muss private, unlisted oder public sein',
  'An area has at least three corners': 'Ein Gebiet hat mindestens drei Ecken',
  'Must be a pair of numbers, x and y': 'Muss ein Paar von Zahlen sein, x und y',
  'The access token is not valid yet.': 'Das Zugriffstoken gilt noch nicht.',
  'The answer is still being written.': 'Die Antwort wird noch geschrieben.',
  'There is no such tag in this world': 'Dieses Schlagwort gibt es in dieser Welt nicht',
  'This can’t be called with {given}; use {accepted}.':
    'Das lässt sich nicht mit {given} aufrufen; benutze {accepted}.',
  'Something went wrong on our side.': 'Bei uns ist etwas schiefgegangen.',
  'Give at least one field to change': 'Gib mindestens ein Feld an, das sich ändern soll',
  'Must be a cursor that a list gave': 'Muss ein Cursor sein, den eine Liste gegeben hat',
  'Give an id, or a kind and a name': 'Gib eine Id an, oder eine Art und einen Namen',
  'Is from a stream of other worlds': 'Stammt aus einem Strom anderer Welten',
  'Is not an ISBN: check its digits': 'Ist keine ISBN: Prüfe die Ziffern',
  'Must be a day such as 2027-01-31': 'Muss ein Tag sein, etwa 2027-01-31',
  'Must be an action that is logged': 'Muss eine Aktion sein, die protokolliert wird',
  'The change log begins later, at {time}': 'Das Änderungsprotokoll beginnt später, am {time}',
  'Is a position in another world': 'Ist eine Stelle in einer anderen Welt',
  'Is not a date of this calendar': 'Ist kein Datum dieses Kalenders',
  'Is one of those that are moved': 'Gehört zu denen, die verschoben werden',
  'Refers to {id}, which is not in it': 'Verweist auf {id}, nicht darin enthalten',
  'Say why it is no contradiction': 'Sag, warum es kein Widerspruch ist',
  'The body must be a JSON object': 'Der Inhalt muss ein JSON-Objekt sein',
  'The current password is wrong.': 'Das jetzige Passwort ist falsch.',
  'The span ends before it begins': 'Die Spanne endet, bevor sie beginnt',
  'There are only {count} days in a week': 'Eine Woche hat nur {count} Tage',
  'Send the archive itself, as {types}.': 'Sende das Archiv selbst, als {types}.',
  'That did not work. Try again.': 'Das hat nicht geklappt. Versuche es noch einmal.',
  'The access token is too long.': 'Das Zugriffstoken ist zu lang.',
  'This story is not in the book': 'Diese Geschichte ist nicht in dem Buch',
  'At least one, or none at all': 'Mindestens eines oder gar keines',
  'Must be before the year 9999': 'Muss vor dem Jahr 9999 liegen',
  'Must name at least one world': 'Muss mindestens eine Welt nennen',
  'This change can’t be undone.': 'Diese Änderung lässt sich nicht rückgängig machen.',
  'This is the current version.': 'Das ist die jetzige Version.',
  'The archive contains {name} twice.': 'Das Archiv enthält {name} zweimal.',
  'A {kind} has no place in an order': 'Hat keinen Platz in einer Reihenfolge ({kind})',
  'Can’t be combined with asOf': 'Lässt sich nicht mit asOf verbinden',
  'Is already part of the path': 'Ist schon Teil des Pfads',
  'Must be at most {most} characters': 'Höchstens {most} Zeichen',
  'Must be the name of a field': 'Muss der Name eines Feldes sein',
  'The file is larger than {size} MB': 'Die Datei ist größer als {size} MB',
  'This proposal was already {status}.': 'Über diesen Vorschlag ist schon entschieden.',
  'A {kind} cannot be inside itself': 'Kann nicht in sich selbst liegen ({kind})',
  'At most {count} words and phrases': 'Höchstens {count} Wörter und Wendungen',
  'They own the world by now.': 'Die Person leitet die Welt inzwischen.',
  'This map has no such layer': 'Diese Karte hat keine solche Ebene',
  'You are already its owner.': 'Du leitest sie schon.',
  'Choose at least one event': 'Wähle mindestens ein Ereignis',
  'Contains half a character': 'Enthält ein halbes Zeichen',
  'Must be an e-mail address': 'Muss eine E-Mail-Adresse sein',
  'The answer took too long.': 'Die Antwort hat zu lange gedauert.',
  '{name} does not have the role {role}.': '{name} hat die Rolle {role} nicht.',
  'There is no {path} in this zip.': 'In diesem Zip gibt es {path} nicht.',
  'Cannot come after itself': 'Kann nicht nach sich selbst kommen',
  'Write what to search for': 'Schreib, wonach gesucht werden soll',
  'Is before the beginning': 'Liegt vor dem Beginn',
  'Is given more than once': 'Ist mehr als einmal angegeben',
  'Must be a time such as {example}': 'Muss ein Zeitpunkt sein, etwa {example}',
  'Must be at most {most} events': 'Höchstens {most} Ereignisse',
  'Must be at most {most} worlds': 'Höchstens {most} Welten',
  'Already owns the world': 'Leitet die Welt schon',
  'Has the same {field} twice ({value})': 'Hat zweimal dasselbe ({field}: {value})',
  'Must be a whole number': 'Muss eine ganze Zahl sein',
  'Must be an id (a UUID)': 'Muss eine Id sein (eine UUID)',
  'Must be a multiple of {every}': 'Muss ein Vielfaches von {every} sein',
  'There is nothing at {path}.': 'Unter {path} gibt es nichts.',
  'Must be in the future': 'Muss in der Zukunft liegen',
  'The body is not JSON.': 'Der Inhalt ist kein JSON.',
  'Write something first': 'Schreib zuerst etwas',
  'A year needs a month': 'Ein Jahr braucht einen Monat',
  'At least {count} characters': 'Mindestens {count} Zeichen',
  'Is not a known field': 'Ist kein bekanntes Feld',
  'The archive has no {name}.': 'Das Archiv enthält {name} nicht.',
  'At most {count} characters': 'Höchstens {count} Zeichen',
  'Must be more than 0': 'Muss mehr als 0 sein',
  'Must be of one kind': 'Müssen von einer Art sein',
  'There is no month {number}': 'Den Monat {number} gibt es nicht',
  'There is no file {file}.': 'Die Datei {file} gibt es nicht.',
  'Must be 0 or more': 'Muss 0 oder mehr sein',
  'Must be at least {least}': 'Muss mindestens {least} sein',
  'Must not be empty': 'Darf nicht leer sein',
  'The file is empty': 'Die Datei ist leer',
  'You are already {what}.': 'Das bist du schon: {what}.',
  'Must be a number': 'Muss eine Zahl sein',
  'Must be at most {most}': 'Höchstens {most}',
  'Each field once': 'Jedes Feld einmal',
  'Is the same tag': 'Ist dasselbe Schlagwort',
  'Must be one of {values}': 'Muss eines von diesen sein: {values}',
  'Sign in first.': 'Melde dich zuerst an.',
  'Give it a name': 'Gib einen Namen an',
  'Is no position': 'Ist keine Stelle',
  'Must be a year': 'Muss ein Jahr sein',
  'Needs a letter': 'Braucht einen Buchstaben',
  'A pin has one': 'Eine Nadel hat einen',
  'At least one': 'Mindestens eines',
  'Each id once': 'Jede Id einmal',
  'Is too early': 'Liegt zu früh',
  'Must be {one} or {other}': 'Muss {one} oder {other} sein',
  'Must be text': 'Muss Text sein',
  'Must be true': 'Muss true sein',
  'There is no {name}': 'Das gibt es nicht: {name}',
  'Is missing': 'Fehlt',
  'Must be 1, 7, 30, 90, 365 or null': 'Muss 1, 7, 30, 90, 365 oder null sein',
  'Is required': 'Muss angegeben werden',
  'Is too late': 'Liegt zu spät',
  'Is too long': 'Ist zu lang',
  'Choose a {kind}': 'Wähle etwas aus ({kind})',
  'At most {count}': 'Höchstens {count}',
}

/** What errors are about, as far as they name it. */
export const nouns: Readonly<Record<string, string>> = {
  world: 'Welt',
  entry: 'Eintrag',
  user: 'Person',
  'API key': 'API-Schlüssel',
  grant: 'Erlaubnis',
  app: 'App',
  'request of an app': 'Anfrage einer App',
  code: 'Code',
  role: 'Rolle',
  permission: 'Berechtigung',
  tag: 'Schlagwort',
  view: 'Ansicht',
  'kind of link': 'Verknüpfungsart',
  link: 'Verknüpfung',
  account: 'Konto',
  conversation: 'Gespräch',
  story: 'Geschichte',
  'share link': 'Freigabelink',
  scene: 'Szene',
  message: 'Nachricht',
  webhook: 'Webhook',
  map: 'Karte',
  marker: 'Markierung',
  version: 'Version',
  session: 'Sitzung',
  'job that failed or waits': 'gescheiterte oder wartende Aufgabe',
  'recent change of yours': 'letzte Änderung von dir',
  provider: 'Anbieter',
  passkey: 'Passkey',
  'authenticator app': 'Authentifizierungs-App',
  'sign-in that waits for a second factor': 'Anmeldung, die auf einen zweiten Faktor wartet',
  'one answer': 'eine Antwort',
  'one conversation': 'ein Gespräch',
  'this API key in a month': 'dieser API-Schlüssel in einem Monat',
  'one person in a month': 'eine Person in einem Monat',
  'everybody here in a month': 'alle zusammen in einem Monat',
  proposal: 'Vorschlag',
  'change set': 'Vorschlag',
  page: 'Seite',
  movie: 'Film',
  membership: 'Mitgliedschaft',
  member: 'Mitglied',
  'list of members': 'Mitgliederliste',
  invitation: 'Einladung',
  history: 'Verlauf',
  finding: 'Widerspruch',
  file: 'Datei',
  delivery: 'Zustellung',
  model: 'Modell',
  act: 'Akt',
  book: 'Buch',
  image: 'Bild',
  location: 'Ort',
  persona: 'Figur',
  thing: 'Gegenstand',
  name: 'Name',
  email: 'E-Mail',
  'e-mail address': 'E-Mail-Adresse',
  'display name': 'angezeigter Name',
  owner: 'Leitung',
}
