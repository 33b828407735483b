package dev.dormouse.activator.activation;

import dev.dormouse.units.journal.Journal;
import dev.dormouse.units.journal.JournalEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a journal, and leaves for the engine what concerns a service: in a file, as this process must not reach the engine's API. Who tells
 * waits for neither disk nor engine. Thread-safe.
 */
public final class ActivationJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(ActivationJournal.class);
    /** More are told to the journal only: the disk stands still. */
    private static final int MOST_UNWRITTEN = 1024;

    private final Journal journal;
    private final ActivationFile file;
    private final Executor background;

    /** Under the lock of this object. */
    private final List<String> unwritten = new ArrayList<>();

    private boolean failing;

    /**
     * A journal and a folder.
     *
     * @param background runs what blocks
     */
    public ActivationJournal(Journal journal, Path folder, Executor background) {
        this.journal = journal;
        this.file = new ActivationFile(folder, ActivationFile.MOST_BYTES, System::currentTimeMillis);
        this.background = background;
    }

    @Override
    public void tell(JournalEvent event) {
        journal.tell(event);
        Optional<String> line = ActivationText.of(event, Instant.now());
        if (line.isPresent() && add(line.get())) {
            background.execute(this::flush);
        }
    }

    /** Whether it is the first since they were written. */
    private synchronized boolean add(String line) {
        if (unwritten.size() < MOST_UNWRITTEN) {
            unwritten.add(line);
        }
        return unwritten.size() == 1;
    }

    /** Writes what is left to be written; the process must not end before. */
    public void flush() {
        synchronized (file) {
            List<String> lines;
            synchronized (this) {
                lines = List.copyOf(unwritten);
                unwritten.clear();
            }
            if (!lines.isEmpty()) {
                write(lines);
            }
        }
    }

    private void write(List<String> lines) {
        try {
            file.append(lines);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("events will be missing from `docker events`: they cannot be written: {}", e.toString());
            }
            failing = true;
        }
    }
}
