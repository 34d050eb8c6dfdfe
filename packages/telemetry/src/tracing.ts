import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'

export type { Attributes, Span }

/** Undefined unless traces are sent somewhere: then nothing below costs more than looking at it. */
let tracer: Tracer | undefined
let ratioKept = 0

/**
 * @param used undefined ends tracing
 * @param ratio the part of requests whose traces are kept
 */
export function useTracer(used: Tracer | undefined, ratio = 0): void {
  tracer = used
  ratioKept = ratio
}

/** Whether traces are sent somewhere. */
export function isTracing(): boolean {
  return tracer !== undefined
}

/** Whether what happens at the moment is part of a trace that is kept. */
export function isRecording(): boolean {
  return tracer !== undefined && trace.getActiveSpan()?.isRecording() === true
}

/**
 * Runs what a request from outside asks for as the first span of this process, which continues the caller's trace if the request
 * has one. Just runs it if its trace is not kept.
 *
 * @param headers those of the request, as Node gives them
 * @see https://www.w3.org/TR/trace-context/
 */
export function inRequestSpan<Result>(
  name: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  run: (span?: Span) => Promise<Result>,
): Promise<Result> {
  // Most requests are not to be kept: that has to be cheap.
  if (!tracer || (ratioKept < 1 && Math.random() >= ratioKept && headers.traceparent === undefined)) return run()
  const from = propagation.extract(ROOT_CONTEXT, headers, {
    get: (carrier, header) => carrier[header],
    keys: () => ['traceparent', 'tracestate'],
  })
  return tracer.startActiveSpan(name, { kind: SpanKind.SERVER }, from, (span) => runIn(span, run))
}

/** Runs a function as a step of what happens at the moment; just runs it where that is not traced. */
export function inSpan<Result>(
  name: string,
  { kind = 'internal', attributes }: { readonly kind?: 'internal' | 'client'; readonly attributes?: Attributes },
  run: (span?: Span) => Promise<Result>,
): Promise<Result> {
  if (!tracer || !isRecording()) return run()
  const options = { kind: kind === 'client' ? SpanKind.CLIENT : SpanKind.INTERNAL, ...(attributes && { attributes }) }
  return tracer.startActiveSpan(name, options, (span) => runIn(span, run))
}

async function runIn<Result>(span: Span, run: (span: Span) => Promise<Result>): Promise<Result> {
  try {
    return await run(span)
  } catch (error) {
    fail(span, error)
    throw error
  } finally {
    span.end()
  }
}

/** Marks a span as failed, by the name of the error alone: what its message says may be private. */
export function fail(span: Span, error: unknown): void {
  const name = error instanceof Error ? error.name : 'Error'
  span.setAttribute('error.type', name)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

/** The ids of the trace that is active, for logs and error responses. */
export function traceIds(): { readonly traceId: string; readonly spanId: string } | undefined {
  if (!tracer) return undefined
  const active = trace.getActiveSpan()?.spanContext()
  return active && { traceId: active.traceId, spanId: active.spanId }
}

/** The headers that let another server continue the trace; none where there is none. */
export function traceHeaders(): Record<string, string> {
  if (!tracer) return {}
  const headers: Record<string, string> = {}
  propagation.inject(context.active(), headers)
  return headers
}
