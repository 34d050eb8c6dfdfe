import { Command } from 'commander'
import pc from 'picocolors'
import { diagnose, type Finding } from '../diagnose.ts'

const signs = { good: pc.green('✓'), warning: pc.yellow('!'), fault: pc.red('✗') }

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Check configuration, database, migrations, keys, providers, mail, clock and directories.')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', '\nExits with 1 if something is wrong; warnings alone do not count.')
    .action(async (options: { json?: true }) => {
      const findings = await diagnose()
      if (options.json) console.log(JSON.stringify({ findings }))
      else for (const finding of findings) console.log(describe(finding))
      if (findings.some(({ state }) => state === 'fault')) process.exitCode = 1
    })
}

function describe({ about, state, message, remedy }: Finding): string {
  return `${signs[state]} ${pc.bold(about.padEnd(14))} ${message}${remedy ? `\n${' '.repeat(17)}→ ${remedy}` : ''}`
}
