/**
 * `node scripts/writeContract.ts`: writes the API's contract after the compiler has emitted its declarations. --verify:
 * checks whether the existing contract matches the sources --router <file> --declaration <file> --output <directory>:
 * for another router
 */
import { parseArgs } from 'node:util'
import { contractFault, ownContract, writeContract } from './contract.ts'

const { values } = parseArgs({
  options: {
    verify: { type: 'boolean', default: false },
    router: { type: 'string', default: ownContract.routerFile },
    declaration: { type: 'string', default: ownContract.declarationFile },
    output: { type: 'string', default: ownContract.outputDirectory },
  },
})

if (values.verify) {
  const fault = contractFault()
  if (fault) {
    console.error(fault)
    process.exitCode = 1
  }
} else {
  const { router: routerFile, declaration: declarationFile, output: outputDirectory } = values
  const isOwn = routerFile === ownContract.routerFile
  writeContract({ routerFile, declarationFile, outputDirectory }, isOwn ? await readDeprecations() : new Map())
}

/** What is going to be gone, by procedure, for editors to strike through. */
async function readDeprecations(): Promise<Map<string, string>> {
  const { appRouter, listProcedures } = await import('../src/index.ts')
  return new Map(
    listProcedures(appRouter).flatMap(({ path, access }): [string, string][] => {
      const deprecated = access?.deprecated
      return deprecated ? [[path, `It is going to be gone on ${deprecated.sunset}: ${deprecated.use}.`]] : []
    }),
  )
}
