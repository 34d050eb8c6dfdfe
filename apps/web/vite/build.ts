/** Builds the app in each of its languages, one after the other: the first empties the folder that they share. */
import { languages } from '@worldloom/schema/languages'
import { build } from 'vite'
import { configOf } from '../vite.config.ts'

for (const language of languages) await build({ ...configOf(language), configFile: false, logLevel: 'error' })
