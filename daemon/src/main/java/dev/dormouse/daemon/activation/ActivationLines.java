package dev.dormouse.daemon.activation;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes events of lines; of those that are none the log has a line at once, and then one a minute. For one thread. */
final class ActivationLines {
    private static final Logger LOG = LoggerFactory.getLogger(ActivationLines.class);
    private static final long BETWEEN_LINES = Duration.ofMinutes(1).toNanos();

    private final Path folder;
    private final ActivationWatch.Listener listener;
    private final Allowance allowance = new Allowance(System.nanoTime());
    private long nextWordNanos = System.nanoTime();
    private long unsaid;

    ActivationLines(Path folder, ActivationWatch.Listener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    void tell(List<String> lines) {
        lines.forEach(line -> tell(line, listener::happened));
    }

    void tellPast(List<String> lines) {
        lines.forEach(line -> tell(line, listener::happenedBefore));
    }

    private void tell(String line, Consumer<Activation> told) {
        try {
            if (line.length() > ActivationLine.LONGEST) {
                throw new BrokenLineException("longer than " + ActivationLine.LONGEST);
            }
            Activation activation = ActivationLine.parse(line, Instant.now());
            if (allowance.take(System.nanoTime())) {
                told.accept(activation);
            } else {
                complain("too many events at once");
            }
        } catch (BrokenLineException e) {
            complain(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("an event of the activator could not be told", e);
        }
    }

    void complain(String problem) {
        unsaid++;
        long now = System.nanoTime();
        if (now - nextWordNanos >= 0) {
            nextWordNanos = now + BETWEEN_LINES;
            LOG.warn("{} of the activator's events in {} are not told, the last: {}", unsaid, folder, problem);
            unsaid = 0;
        }
    }
}
