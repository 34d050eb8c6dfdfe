/** `node scripts/writeReport.ts`: writes packages/api/contract.json. --released: writes what the client is released with. */
import { writeFileSync } from 'node:fs'
import { makeReport, releasedFile, reportFile } from './report.ts'

const text = `${JSON.stringify(makeReport(), null, 1)}\n`
writeFileSync(reportFile, text)
if (process.argv.includes('--released')) writeFileSync(releasedFile, text)
