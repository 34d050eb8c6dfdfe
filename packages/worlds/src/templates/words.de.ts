import type { Text } from './describedWorld.ts'
import type * as english from './words.ts'

// Beide Vorlagen

export const needsWork: string = 'Überarbeiten'
export const idea: string = 'Idee'

// Ein Roman

export const novelDescription: string =
  'Ein Roman in drei Akten, mit den Figuren und Orten, die er braucht. Benenne um, schreibe um, lösche, wie du willst.'
export const novelBody: typeof english.novelBody = (protagonist, story) =>
  `## Die Welt in einem Absatz

Wann und wo spielt die Geschichte? Was ist anders als in der Welt, die wir kennen? Was ist hier für alle selbstverständlich?

## Worum es geht

- Was will ${protagonist}, und was steht dem im Weg?
- Welchen Preis hätte es?
- Was ist am Ende anders?

## Womit anfangen

1. Öffne ${protagonist}, gib der Figur einen Namen und halte fest, was sie will.
2. Geh ${story} auf der Tafel durch: Jede Szene sagt, wozu sie da ist. Schreib, was in deiner geschieht.
3. Mit @ erwähnst du jemanden im Text. Wen es noch nicht gibt, den legst du beim Schreiben an.`

export const mainCast: string = 'Hauptfiguren'
export const supportingCast: string = 'Nebenfiguren'

export const protagonist: Text = ['Die Hauptfigur', 'Die Figur, deren Geschichte erzählt wird.']
export const protagonistMotivation: string = 'Was will sie? Was braucht sie stattdessen, ohne es zu wissen?'
export const antagonist: Text = ['Die Gegenfigur', 'Sie will, was die Hauptfigur nicht zulassen kann.']
export const antagonistMotivation: string = 'Warum ist sie aus ihrer Sicht im Recht?'
export const mentor: Text = ['Die Mentorin', 'Weiß mehr, als sie sagt, und ist am Ende nicht mehr dabei.']
export const confidant: Text = ['Der Vertraute', 'Ihm wird die Wahrheit gesagt, und er antwortet mit ihr.']

export const ordinaryPlace: Text = ['Wo es anfängt', 'Der Ort, den die Hauptfigur nur zu gut kennt.']
export const otherPlace: Text = ['Wohin es führt', 'Der Ort, an dem die alten Regeln nicht gelten.']
export const finalPlace: Text = ['Wo es sich entscheidet', 'Ein Ort, von dem kein Weg zurückführt.']

export const keepsake: Text = ['Worum sich alles dreht', 'Das Ding, das alle haben wollen, oder niemand.']

export const novelStory: Text = ['Mein Roman', 'In drei Akten.']
export const novelLogline: string = 'Als … geschieht, muss …, sonst …'

export const setup: Text = ['Erster Akt: der Anfang', 'Ein Leben, und was darin einbricht. Etwa ein Viertel des Buchs.']
export const opening: Text = ['Ein gewöhnlicher Tag', 'Die Hauptfigur in dem Leben, das gleich zu Ende geht.']
export const openingPurpose: string = 'Zeigen, was ihr fehlt und warum wir ihr folgen wollen.'
export const incident: Text = ['Etwas geschieht', 'Danach kann nichts bleiben, wie es war.']
export const incidentPurpose: string = 'Die Frage stellen, die das Buch beantwortet.'
export const refusal: Text = ['Ohne mich', 'Sie versucht weiterzumachen wie bisher und merkt, warum das nicht geht.']
export const refusalPurpose: string = 'Zeigen, wovor sie Angst hat.'
export const threshold: Text = ['Durch die Tür', 'Sie entscheidet sich zu gehen und kann nicht mehr umkehren.']
export const thresholdPurpose: string = 'Es zu ihrer eigenen Entscheidung machen.'

export const confrontation: Text = [
  'Zweiter Akt: die Mitte',
  'Was sie versucht und was es kostet. Etwa die Hälfte des Buchs.',
]
export const newRules: Text = ['Andere Regeln', 'Der neue Ort, die Menschen dort und die ersten Fehler.']
export const newRulesPurpose: string = 'Einlösen, was der Titel verspricht.'
export const firstTest: Text = ['Die erste Prüfung', 'Sie gewinnt etwas und fällt auf.']
export const firstTestPurpose: string = 'Die Gegenfigur aus der Nähe zeigen.'
export const midpoint: Text = ['Die Wende', 'In der Mitte des Buchs begreift sie, worum es wirklich geht.']
export const midpointPurpose: string = 'Aus einer Figur, die reagiert, eine machen, die handelt.'
export const closingIn: Text = ['Es wird eng', 'Was bisher half, versagt. Freunde entzweien sich.']
export const closingInPurpose: string = 'Ihr nacheinander alles nehmen, worauf sie sich stützt.'
export const allIsLost: Text = ['Alles verloren', 'Was sie am meisten fürchtete, ist geschehen.']
export const allIsLostPurpose: string = 'Ihr nichts lassen als das, was sie braucht.'

export const resolution: Text = [
  'Dritter Akt: das Ende',
  'Was sie aus dem Gelernten macht. Etwa ein Viertel des Buchs.',
]
export const decision: Text = ['Noch einmal', 'Sie sieht, worin sie sich geirrt hat, und fasst einen Plan.']
export const decisionPurpose: string = 'Zeigen, dass sie sich verändert hat, bevor es darauf ankommt.'
export const climax: Text = ['Die Entscheidung', 'Hauptfigur und Gegenfigur, und kein Weg aneinander vorbei.']
export const climaxPurpose: string = 'Die Frage vom Anfang beantworten.'
export const ending: Text = ['Wieder ein gewöhnlicher Tag', 'Wie in der ersten Szene, und nichts ist mehr dasselbe.']
export const endingPurpose: string = 'Sehen lassen, was es wert war.'

// Eine Kampagne

export const campaignDescription: string =
  'Eine Gegend, eine Stadt, eine Gefahr und ein erstes Abenteuer. Benenne um, schreibe um, lösche, wie du willst.'
export const campaignBody: typeof english.campaignBody = (town, villain, adventure) =>
  `## Was alle wissen

Was wissen die Charaktere der Spielrunde am ersten Abend über die Gegend? Drei Sätze genügen.

## Was ihnen niemand sagt

- Was will ${villain}, und was geschieht, wenn niemand eingreift?
- Wer weiß in ${town} davon, und warum schweigen diese Leute?

## Vor dem ersten Abend

1. Halte fest, wer in ${town} lebt, mit je einem Satz.
2. Bring die Gegend auf eine Karte: Lade unter „Karten“ ein Bild hoch und setze Markierungen.
3. Geh ${adventure} durch. Was die Spielrunde noch nicht sehen darf, kennzeichnest du als Spoiler; dann teilst du die Welt mit ihr zum Lesen.`

export const playerCharacters: string = 'Spielercharaktere'
export const nonPlayerCharacters: string = 'Nichtspielercharaktere'
export const secret: string = 'Geheim'
export const openThread: string = 'Offener Faden'
export const patronServes: string = 'Ohne zu wissen, wessen Geld es ist.'

export const firstCharacter: Text = ['Erster Charakter', 'Wer spielt ihn? Woher kommt er?']
export const secondCharacter: Text = ['Zweiter Charakter', 'Wer spielt ihn? Wen von den anderen kennt er?']
export const thirdCharacter: Text = ['Dritter Charakter', 'Wer spielt ihn? Wovor läuft er davon?']
export const fourthCharacter: Text = ['Vierter Charakter', 'Wer spielt ihn? Was würde er niemals tun?']
export const characterMotivation: string = 'Wofür würde er sein Leben aufs Spiel setzen?'
export const patron: Text = ['Der Auftraggeber', 'Zahlt gut und erwartet Verschwiegenheit.']
export const innkeeper: Text = ['Die Wirtin', 'Hört alles. Die Hälfte erzählt sie weiter.']
export const rival: Text = ['Die Rivalin', 'Hinter derselben Sache her, mit einem Tag Vorsprung.']
export const villain: Text = ['Der Drahtzieher', 'Steckt hinter allem. In der Stadt kennt niemand seinen Namen.']
export const villainMotivation: string = 'Was hat er fast erreicht, und wie viel Zeit bleibt noch?'

export const region: Text = ['Die Gegend', 'Zu Fuß eine Woche von einem Ende zum anderen.']
export const regionKind: string = 'Landstrich'
export const town: Text = ['Die Stadt', 'Hier treffen sich die Charaktere, rasten und geben aus, was sie finden.']
export const townKind: string = 'Stadt'
export const inn: Text = ['Das Gasthaus', 'Betten, Eintopf und Gerüchte.']
export const innKind: string = 'Gasthaus'
export const wilds: Text = ['Die Wildnis', 'Zwei Tage ohne ein Haus. Hier jagt etwas.']
export const wildsKind: string = 'Wildnis'
export const lair: Text = ['Das Versteck', 'Älter als die Stadt und nicht so verlassen, wie es heißt.']
export const lairKind: string = 'Ruine'
export const innermost: Text = ['Die innerste Kammer', 'Versiegelt, bis vor Kurzem.']
export const innermostKind: string = 'Raum'

export const treasure: Text = ['Der Schatz', 'Alle sind hinter ihm her. Er kann mehr, als sie glauben.']
export const treasureKind: string = 'Artefakt'
export const letter: Text = ['Der Brief', 'Ohne Unterschrift. Er nennt einen Ort und einen Tag.']
export const letterKind: string = 'Brief'

export const adventure: Text = ['Das erste Abenteuer', 'Für drei oder vier Abende.']
export const adventureLogline: string = 'Die Charaktere sollen etwas finden und finden heraus, wozu es dient.'
export const hook: Text = ['Wie sie hineingeraten', 'Der erste Abend.']
export const meeting: Text = ['Ein Abend im Gasthaus', 'Die Charaktere treffen sich. Jemand hat einen Auftrag für sie.']
export const meetingPurpose: string = 'Jedem Charakter einen Auftritt geben und allen einen Grund aufzubrechen.'
export const rumours: Text = ['Umhören', 'Drei Leute, drei Gerüchte. Eines davon ist falsch.']
export const rumoursPurpose: string = 'Sie entscheiden lassen, was sie glauben.'
export const journey: Text = ['Unterwegs', 'Der zweite Abend.']
export const ambush: Text = ['Nicht allein', 'Jemand war vor ihnen hier, oder ist es noch.']
export const ambushPurpose: string = 'Ein erster Kampf, der verloren gehen darf, ohne dass die Geschichte endet.'
export const camp: Text = ['Am Feuer', 'Eine ruhige Nacht. Jemand stellt die Frage, die noch niemand gestellt hat.']
export const campPurpose: string = 'Zeit für Gespräche unter den Charakteren.'
export const showdown: Text = ['Im Versteck', 'Der dritte Abend.']
export const descent: Text = ['Der Abstieg', 'Fallen, Spuren und eine Tür, die jemand von innen geöffnet hat.']
export const descentPurpose: string = 'Zeigen, womit sie es zu tun haben, bevor sie es sehen.'
export const confrontationBelow: Text = [
  'Von Angesicht zu Angesicht',
  'Wofür sie gekommen sind, und wer noch dafür gekommen ist.',
]
export const confrontationBelowPurpose: string = 'Sie wählen lassen: der Schatz oder ein Leben.'
export const aftermath: Text = ['Was es bedeutet', 'Zurück in der Stadt. Der Lohn stimmt, und etwas stimmt nicht.']
export const aftermathPurpose: string = 'Eine Frage für das nächste Abenteuer offenlassen.'
