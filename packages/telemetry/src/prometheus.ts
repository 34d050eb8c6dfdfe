import { type HrTime, ValueType } from '@opentelemetry/api'
import { hrTime } from '@opentelemetry/core'
import { AggregationTemporality, DataPointType, type MetricData } from '@opentelemetry/sdk-metrics'
import type { PrometheusMetric } from './telemetry.ts'

/**
 * What Prometheus would read, as what OpenTelemetry sends: a second record of each request would cost as much as the first.
 *
 * @param since when the process began to count
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 */
export function toMetricData(metrics: readonly PrometheusMetric[], since: HrTime): MetricData[] {
  const now = hrTime()
  return metrics.flatMap((metric): MetricData[] => {
    const shared = {
      descriptor: { name: metric.name, description: metric.help, unit: '', valueType: ValueType.DOUBLE },
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
    }
    const point = <Value>(labels: PrometheusMetric['values'][number]['labels'], value: Value) => ({
      startTime: since,
      endTime: now,
      attributes: { ...labels },
      value,
    })
    switch (metric.type) {
      case 'counter':
        return [
          {
            ...shared,
            dataPointType: DataPointType.SUM,
            isMonotonic: true,
            dataPoints: metric.values.map(({ labels, value }) => point(labels, value)),
          },
        ]
      case 'gauge':
        return [
          {
            ...shared,
            dataPointType: DataPointType.GAUGE,
            dataPoints: metric.values.map(({ labels, value }) => point(labels, value)),
          },
        ]
      case 'histogram':
        return [
          {
            ...shared,
            dataPointType: DataPointType.HISTOGRAM,
            dataPoints: histogramsOf(metric).map(({ labels, ...histogram }) => point(labels, histogram)),
          },
        ]
      default:
        return []
    }
  })
}

interface Parts {
  readonly labels: PrometheusMetric['values'][number]['labels']
  readonly upTo: [bound: number, count: number][]
  sum: number
  count: number
}

/** One for each combination of labels. Prometheus' buckets hold what is in those before them, too. */
function histogramsOf({ name, values }: PrometheusMetric) {
  const byLabels = new Map<string, Parts>()
  for (const { labels: all, value, metricName } of values) {
    const { le, ...labels } = all
    const key = JSON.stringify(labels)
    const histogram: Parts = byLabels.get(key) ?? { labels, upTo: [], sum: 0, count: 0 }
    byLabels.set(key, histogram)
    if (metricName === `${name}_sum`) histogram.sum = value
    else if (metricName === `${name}_count`) histogram.count = value
    else if (le !== undefined && le !== '+Inf') histogram.upTo.push([Number(le), value])
  }
  return [...byLabels.values()].map(({ labels, upTo, sum, count }) => {
    const sorted = upTo.toSorted(([one], [other]) => one - other)
    const counts = [...sorted.map(([, up]) => up), count]
    return {
      labels,
      sum,
      count,
      buckets: {
        boundaries: sorted.map(([bound]) => bound),
        counts: counts.map((up, index) => up - (counts[index - 1] ?? 0)),
      },
    }
  })
}
