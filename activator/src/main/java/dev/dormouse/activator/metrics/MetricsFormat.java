package dev.dormouse.activator.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The forms in which metrics are told. */
enum MetricsFormat {
    TEXT("metrics.txt"),
    OPEN_METRICS("metrics.openmetrics");

    private final String file;

    MetricsFormat(String file) {
        this.file = file;
    }

    /** The one that a client wants: OpenMetrics if its {@code Accept} header names it. */
    static MetricsFormat wantedBy(String accept) {
        return accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    }

    /** Where {@code dormouse-metrics} finds it while no activator runs. */
    String file() {
        return file;
    }

    String contentType() {
        return writer().getContentType();
    }

    byte[] write(MetricSnapshots snapshots) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer().write(bytes, snapshots);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private ExpositionFormatWriter writer() {
        return switch (this) {
            case TEXT -> PrometheusTextFormatWriter.create();
            case OPEN_METRICS -> OpenMetricsTextFormatWriter.create();
        };
    }
}
