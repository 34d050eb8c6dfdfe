import type * as english from './words.ts'

export const back = 'Zurück'
export const boardText =
  'Jede Spalte ist ein Akt, jede Karte eine Szene mit Ort, Besetzung und Datum. Ziehe Szenen, oder verschiebe sie mit Alt und den Pfeiltasten. Gliederung, Pinnwand und der ganze Text zeigen dieselbe Geschichte.'
export const boardTitle = 'Eine Geschichte auf ihrer Tafel'
export const end = 'Rundgang beenden'
export const entryText =
  'Drücke auf „Bearbeiten“ oder auf den Text selbst: Die Seite ist der Editor und speichert, während du schreibst. Mit @ erwähnst du einen anderen Eintrag. Verknüpfungen, Erwähnungen und der Verlauf stehen darunter und daneben.'
export const entryTitle = 'Geschrieben wird auf der Seite'
export const graphText =
  'Wer wen kennt, was wo geschieht: Ziehe das Bild, vergrößere es, und drücke auf einen Eintrag, um zu sehen, womit er verbunden ist.'
export const graphTitle = 'Wie alles zusammenhängt'
export const leave = 'Rundgang verlassen'
export const listText =
  'Jede Art gibt es als Liste, als Tabelle oder als Karten, sortiert, gefiltert und gruppiert nach jedem Feld. Ansichten merken sich, was du gewählt hast.'
export const listTitle = 'Listen, wie du sie brauchst'
export const mapsText =
  'Jedes Bild kann eine Karte sein. Ihre Nadeln und Gebiete führen zu Einträgen und zu anderen Karten. Lege einen Maßstab fest, und miss Entfernungen.'
export const mapsTitle = 'Karten'
export const next = 'Weiter'
export const notNow = 'Jetzt nicht'
export const offer = 'Neu hier? Sieh in zwei Minuten, was man mit einer Welt machen kann. Du kannst jederzeit aufhören.'
export const overviewText =
  'Was es von jeder Art gibt, was noch zu füllen ist und was sich zuletzt geändert hat. Die Seiten der Welt stehen im Menü an der Seite; auf dem Telefon hinter der Schaltfläche oben.'
export const overviewTitle = 'Eine Welt auf einen Blick'
export const paletteText =
  'Drücke Strg K, oder Cmd K auf einem Mac: Gehe zu allem, auch mit Tippfehlern, lege alles an, führe jede Aktion aus. Das Fragezeichen zeigt alle Tastenkürzel. Auch der Rundgang ist dort.'
export const paletteTitle = 'Alles mit der Tastatur'
export const stepOf: typeof english.stepOf = (step, count) => `Schritt ${step} von ${count}`
export const takeTheTour = 'Rundgang beginnen'
export const timelineText =
  'Szenen, Geburten, Gründungen und Verluste im Kalender der Welt, von Zeitaltern bis zu Stunden. Ziehe eine Szene zu einem anderen Datum.'
export const timelineTitle = 'Wann es geschieht'
export const tour = 'Rundgang'
