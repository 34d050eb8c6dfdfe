import { context, DiagLogLevel, diag, metrics, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { hrTime, W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { toMetricData } from './prometheus.ts'
import type { PrometheusMetric, Telemetry, TelemetryOptions } from './telemetry.ts'
import { useTracer } from './tracing.ts'

/** How long an export may take, with all attempts. */
const timeoutMillis = 5000
/**
 * Sends traces and metrics by OTLP over HTTP.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function startSdk({ endpoint, headers, serviceName, version, ratio, onError }: TelemetryOptions): Telemetry {
  const nothing = () => undefined
  const report = (message: string, ...about: unknown[]) => onError(new Error([message, ...about].map(String).join(' ')))
  diag.setLogger({ error: report, warn: report, info: nothing, debug: nothing, verbose: nothing }, DiagLogLevel.WARN)
  const base = endpoint.replace(/\/+$/, '')
  const resource = resourceFromAttributes({
    'service.name': serviceName,
    'service.version': version,
    'process.pid': process.pid,
  })
  const contextManager = new AsyncLocalStorageContextManager().enable()
  context.setGlobalContextManager(contextManager)
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  const own = new TraceIdRatioBasedSampler(ratio)
  const spans = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url: `${base}/v1/traces`, headers, timeoutMillis }),
    scheduledDelayMillis: Number(process.env.OTEL_BSP_SCHEDULE_DELAY ?? 5000),
  })
  const tracers = new TracerProvider({
    resource,
    spanProcessors: [spans],
    // inRequestSpan has chosen among those that begin here. Callers may say which trace a request belongs to, and that it is not kept, but not that it is.
    sampler: new ParentBasedSampler({
      root: new AlwaysOnSampler(),
      remoteParentSampled: own,
      remoteParentNotSampled: new AlwaysOffSampler(),
    }),
  })
  trace.setGlobalTracerProvider(tracers)
  const interval = Number(process.env.OTEL_METRIC_EXPORT_INTERVAL ?? 60_000)
  const sources = new Set<() => Promise<readonly PrometheusMetric[]>>()
  const since = hrTime()
  const meters = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: `${base}/v1/metrics`, headers, timeoutMillis }),
        exportIntervalMillis: interval,
        exportTimeoutMillis: Math.min(interval, timeoutMillis),
        metricProducers: [
          {
            async collect() {
              const read = await Promise.all([...sources].map((source) => source()))
              const metrics = toMetricData(read.flat(), since)
              return {
                resourceMetrics: { resource, scopeMetrics: [{ scope: { name: 'worldloom', version }, metrics }] },
                errors: [],
              }
            },
          },
        ],
      }),
    ],
  })
  metrics.setGlobalMeterProvider(meters)
  useTracer(trace.getTracer('worldloom', version), ratio)
  return {
    sendMetrics(read) {
      sources.add(read)
      return () => void sources.delete(read)
    },
    async close() {
      useTracer(undefined)
      // What could not be sent was reported; it must not keep a process from ending.
      await Promise.allSettled([tracers.shutdown(), meters.shutdown()])
      contextManager.disable()
      context.disable()
      propagation.disable()
      trace.disable()
      metrics.disable()
      diag.disable()
    },
  }
}
