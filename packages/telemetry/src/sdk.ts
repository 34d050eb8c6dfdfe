import { type Attributes, context, DiagLogLevel, diag, metrics, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Telemetry, TelemetryOptions } from './telemetry.ts'
import { useTracer } from './tracing.ts'

/** From the first bytes of a request to its response, in seconds: what the conventions recommend. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

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
    exporter: new OTLPTraceExporter({ url: `${base}/v1/traces`, headers }),
    scheduledDelayMillis: Number(process.env.OTEL_BSP_SCHEDULE_DELAY ?? 5000),
  })
  const tracers = new TracerProvider({
    resource,
    spanProcessors: [spans],
    // Callers may say which trace a request belongs to, and that it is not kept, but not that it is.
    sampler: new ParentBasedSampler({
      root: own,
      remoteParentSampled: own,
      remoteParentNotSampled: new AlwaysOffSampler(),
    }),
  })
  trace.setGlobalTracerProvider(tracers)
  const interval = Number(process.env.OTEL_METRIC_EXPORT_INTERVAL ?? 60_000)
  const meters = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: `${base}/v1/metrics`, headers }),
        exportIntervalMillis: interval,
        exportTimeoutMillis: Math.min(interval, 10_000),
      }),
    ],
  })
  metrics.setGlobalMeterProvider(meters)
  const meter = meters.getMeter('worldloom', version)
  const requests = meter.createHistogram('http.server.request.duration', {
    description: 'Time from the first byte of a request to its answer.',
    unit: 's',
    advice: { explicitBucketBoundaries: bounds },
  })
  useTracer(trace.getTracer('worldloom', version))
  return {
    observe(observed) {
      const ends = observed.map(({ name, help, isCounter, read }) => {
        const instrument = isCounter
          ? meter.createObservableCounter(name, { description: help })
          : meter.createObservableGauge(name, { description: help })
        const callback = async (result: { observe(value: number, attributes?: Attributes): void }) => {
          for (const { value, labels } of await read()) result.observe(value, labels)
        }
        instrument.addCallback(callback)
        return () => instrument.removeCallback(callback)
      })
      return () => {
        for (const end of ends) end()
      }
    },
    recordRequest(seconds, { method, route, status }) {
      requests.record(seconds, {
        'http.request.method': method,
        'http.route': route,
        'http.response.status_code': status,
      })
    },
    async close() {
      useTracer(undefined)
      await Promise.all([tracers.shutdown(), meters.shutdown()])
      contextManager.disable()
      context.disable()
      propagation.disable()
      trace.disable()
      metrics.disable()
      diag.disable()
    },
  }
}
