package dev.dormouse.activator.metrics;

import dev.dormouse.activator.service.ServiceSnapshot;
import dev.dormouse.activator.tally.Count;
import dev.dormouse.activator.tally.Distribution;
import dev.dormouse.activator.tally.Phase;
import dev.dormouse.activator.tally.Series;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A moment as metrics. Counts have the service as label, so there are as many of them as services; the times of wakes do not, as a histogram
 * is 16 series and five phases would make 80 a service.
 */
final class MetricsPage {
    private static final String PREFIX = "dormouse_";

    private MetricsPage() {}

    static MetricSnapshots of(Moment moment) {
        MetricSnapshots.Builder page = MetricSnapshots.builder();
        for (Count count : Count.values()) {
            page.metricSnapshot(counter(count, moment.totals().counts()));
        }
        page.metricSnapshot(phases(moment.totals().phases()));
        page.metricSnapshot(gauge(
                "connections",
                "connections of clients now, held or connected",
                moment.services(),
                ServiceSnapshot::connections));
        page.metricSnapshot(gauge(
                "clients_held", "clients that wait for their container now", moment.services(), ServiceSnapshot::held));
        page.metricSnapshot(gauge(
                "clients_held_back",
                "clients that wait now for other connections of their source to end",
                moment.services(),
                ServiceSnapshot::heldBack));
        page.metricSnapshot(gauge("wakes_waiting", "wakes that wait for a slot now", moment.waiting()));
        page.metricSnapshot(gauge("wakes_under_way", "wakes that have a slot now", moment.underWay()));
        page.metricSnapshot(gauge("wake_slots", "wakes that may be under way at a time", moment.slots()));
        page.metricSnapshot(gauge(
                "services_held",
                "services whose sockets the activator has now; the others are dormant",
                moment.services().size()));
        return page.build();
    }

    private static CounterSnapshot counter(Count count, Map<Series, Long> counts) {
        CounterSnapshot.Builder counter =
                CounterSnapshot.builder().name(PREFIX + count.word()).help(count.meaning());
        counts.forEach((series, number) -> {
            if (series.count() == count) {
                Labels labels = series.outcome().isEmpty()
                        ? Labels.of("service", series.service())
                        : Labels.of("service", series.service(), "outcome", series.outcome());
                counter.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(labels)
                        .value(number)
                        .build());
            }
        });
        return counter.build();
    }

    private static HistogramSnapshot phases(Map<Phase, Distribution> phases) {
        List<Double> bounds = new ArrayList<>(Distribution.BOUNDS);
        bounds.add(Double.POSITIVE_INFINITY);
        HistogramSnapshot.Builder histogram = HistogramSnapshot.builder()
                .name(PREFIX + "cold_start_seconds")
                .unit(Unit.SECONDS)
                .help("from the beginning of a wake that succeeded to the end of each of its phases");
        phases.forEach((phase, times) -> histogram.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(Labels.of("phase", phase.word()))
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, times.counts()))
                .sum(times.sum())
                .build()));
        return histogram.build();
    }

    private static GaugeSnapshot gauge(
            String name, String help, List<ServiceSnapshot> services, ToIntFunction<ServiceSnapshot> value) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name(PREFIX + name).help(help);
        services.forEach(service -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("service", service.name()))
                .value(value.applyAsInt(service))
                .build()));
        return gauge.build();
    }

    private static GaugeSnapshot gauge(String name, String help, int value) {
        return GaugeSnapshot.builder()
                .name(PREFIX + name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
