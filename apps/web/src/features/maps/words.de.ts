import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const aboutTheDrawing: typeof english.aboutTheDrawing = (name, markers) =>
  `${name}: ${plural(markers, { one: '1 Markierung', other: `${formatNumber(markers)} Markierungen` })}. Die Liste zeigt dasselbe. Pfeiltasten bewegen die Karte, Plus und Minus vergrößern und verkleinern.`
export const addAnArea = 'Gebiet hinzufügen'
export const addAPin = 'Nadel hinzufügen'
export const addLayer = 'Ebene hinzufügen'
export const addLayers = 'Ebenen hinzufügen'
export const addTheArea = 'Gebiet hinzufügen'
export const addThePin = 'Nadel hinzufügen'
export const aMap = 'Eine Karte'
export const aMapIsAnImage =
  'Eine Karte ist ein Bild mit Nadeln und Gebieten, die zu einem Eintrag oder zu einer anderen Karte führen können.'
export const anyImageOfYourWorld = 'Jedes Bild deiner Welt kann eine Karte sein: gezeichnet, gemalt oder gescannt.'
export const area = 'Gebiet'
export const chooseAnotherImage = 'Anderes Bild wählen'
export const chooseTheEntryThatIt = 'Wähle den Eintrag, den sie markiert, oder gib ihr eine eigene Beschriftung.'
export const createMap = 'Karte anlegen'
export const createTheFirstMap = 'Erste Karte anlegen'
export const deleteMap = 'Karte löschen'
export const dropItHereOrChoose = 'Lege es hier ab, oder wähle es aus'
export const edit = 'Bearbeiten'
export const editLayers = 'Ebenen bearbeiten'
export const editMap = 'Karte bearbeiten'
export const editTheArea = 'Gebiet bearbeiten'
export const editTheMap = 'Karte bearbeiten'
export const editThePin = 'Nadel bearbeiten'
export const entry = 'Eintrag'
export const finish = 'Abschließen'
export const forDistancesYouCanAlso = 'Für Entfernungen. Du kannst auch etwas messen, das du kennst.'
export const goIntoIt = 'Hineingehen'
export const hiddenAtFirst = 'Anfangs verborgen'
export const image = 'Bild'
export const isOffTheMap: typeof english.isOffTheMap = (markerName) => `„${markerName}“ ist nicht mehr auf der Karte.`
export const isThere: typeof english.isThere = (name) => `„${name}“ ist angelegt.`
export const itHasNoFileYet =
  'Es hat noch keine Datei oder ist im Papierkorb. Wähle unter „Karte bearbeiten“ ein anderes.'
export const itIsOfAnotherWorld = 'Es gehört zu einer anderen Welt.'
export const itIsOnTheMap = 'Auf der Karte eingetragen.'
export const label = 'Beschriftung'
export const layer = 'Ebene'
export const layerNumber: typeof english.layerNumber = (value) => `Ebene ${value}`
export const layers = 'Ebenen'
export const length = 'Länge'
export const map = 'Karte'
export const mapIsDeleted: typeof english.mapIsDeleted = (name) => `Die Karte „${name}“ ist gelöscht.`
export const mapOf = 'Karte von'
export const mapOfPlace: typeof english.mapOfPlace = (place) => ['Karte von ', place]
export const mapsOfWorld: typeof english.mapsOfWorld = (displayName) => `Karten · ${displayName}`
export const markerCount: typeof english.markerCount = (count) =>
  plural(count, { one: '1 Markierung', other: `${formatNumber(count)} Markierungen` })
export const markersOnALayerCan =
  'Markierungen einer Ebene lassen sich gemeinsam zeigen und verbergen, etwa Straßen oder das, was nur die Autorin weiß.'
export const measure = 'Messen'
export const miles = 'Meilen'
export const milesDaysOnHorseback = 'Meilen, Tagesritte …'
export const moved = 'Verschoben.'
export const mustBeANumberOver = 'Muss eine Zahl größer als 0 sein'
export const namedMap: typeof english.namedMap = (name) => `Karte: ${name}`
export const newArea = 'Neues Gebiet'
export const newMap = 'Neue Karte'
export const newPin = 'Neue Nadel'
export const noMapsYet = 'Noch keine Karten'
export const noneAlwaysShown = 'Keine: immer zu sehen'
export const noSuchMap = 'Diese Karte gibt es nicht'
export const nothingIsOnThisMap = 'Auf dieser Karte ist noch nichts.'
export const onTheMap: typeof english.onTheMap = (name) => `Auf der Karte „${name}“`
export const orUploadOne = 'Oder ein neues hochladen'
export const pin = 'Nadel'
export const pressTheCornersOfThe = 'Drücke nacheinander auf die Ecken des Gebiets.'
export const pressTheMapWhereThe = 'Drücke auf die Stelle der Karte, an die die Nadel soll.'
export const pressTwoPlacesOrMore = 'Drücke auf zwei oder mehr Stellen.'
export const remove = 'Entfernen'
export const removeLayer: typeof english.removeLayer = (name) => `Ebene ${name} entfernen`
export const setTheScale = 'Maßstab festlegen'
export const shownInsteadOfTheName = 'Wird statt des Namens des Eintrags gezeigt, wenn du eine angibst.'
export const startAgain = 'Von vorn'
export const theImageOfThisMap = 'Das Bild dieser Karte fehlt'
export const theMaps = 'die Karten'
export const theScaleIsSet = 'Der Maßstab ist festgelegt.'
export const thisIs = 'Das sind'
export const thisMapHasNoLayers = 'Diese Karte hat noch keine Ebenen.'
export const thisMapHasNoScale = 'Diese Karte hat keinen Maßstab.'
export const toTheMaps = 'Zu den Karten'
export const unit = 'Einheit'
export const whatTheMapIsDrawn = 'Worauf die Karte gezeichnet ist'
export const whereThisLocationIsMarked =
  'Wo dieser Ort auf einer anderen Karte markiert ist, kommt man von dort zu dieser.'
export const widthOfTheImage = 'Breite des Bildes'
