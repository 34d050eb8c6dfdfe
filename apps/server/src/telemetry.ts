import { type Config, OperatorError } from '@worldloom/config'
import { startTelemetry, type Telemetry } from '@worldloom/telemetry'
import packageJson from '../package.json' with { type: 'json' }
import type { Logger } from './logger.ts'

/** Not more often than this is it logged that nobody takes traces and metrics. Milliseconds. */
const quiet = 60_000

/** Starts sending traces and metrics, if there is somewhere to. @throws {OperatorError} for headers that cannot be read */
export async function configuredTelemetry(config: Config, logger: Logger): Promise<Telemetry | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = config
  if (endpoint === undefined) return undefined
  let lastLogged = Number.NEGATIVE_INFINITY
  return await startTelemetry({
    endpoint,
    headers: headersOf(headers ?? ''),
    serviceName: config.OTEL_SERVICE_NAME,
    version: packageJson.version,
    ratio: config.OTEL_TRACES_SAMPLER_ARG,
    onError: (error) => {
      if (performance.now() - lastLogged < quiet) return
      lastLogged = performance.now()
      logger.warn({ err: error }, 'traces or metrics were not sent: see OTEL_EXPORTER_OTLP_ENDPOINT')
    },
  })
}

/** @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/#specifying-headers-via-environment-variables */
function headersOf(text: string): Record<string, string> {
  try {
    return Object.fromEntries(
      text
        .split(',')
        .filter((pair) => pair !== '')
        .map((pair) => [
          pair.slice(0, pair.indexOf('=')).trim(),
          decodeURIComponent(pair.slice(pair.indexOf('=') + 1).trim()),
        ]),
    )
  } catch (error) {
    throw new OperatorError(
      'OTEL_EXPORTER_OTLP_HEADERS cannot be read: write values as in URLs, such as %20 for a space.',
      {
        cause: error,
      },
    )
  }
}
