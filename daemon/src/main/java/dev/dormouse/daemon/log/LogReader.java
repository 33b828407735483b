package dev.dormouse.daemon.log;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Reads containers' logs as conmon writes them. Thread-safe. */
public final class LogReader {
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final LogQuery EVERYTHING =
            new LogQuery(true, true, Optional.empty(), Optional.empty(), Optional.empty(), true);

    private final FolderWatch watch;

    public LogReader(FolderWatch watch) {
        this.watch = watch;
    }

    /** Delivers what is there and what the query asks for. Returns early, the flag set, when the thread is interrupted. */
    public void read(Path log, LogQuery query, Consumer<LogEntry> sink) {
        follow(log, query, CompletableFuture.completedFuture(null), sink);
    }

    /**
     * Delivers what is there and what comes, until {@code runEnded} is done and everything written before that was delivered, or until
     * the query's {@code until} is past. Returns early, the flag set, when the thread is interrupted.
     */
    public void follow(Path log, LogQuery query, Future<?> runEnded, Consumer<LogEntry> sink) {
        LogPosition from = query.tail()
                .filter(lines -> lines >= 0)
                .map(lines -> LogPosition.lastLines(log, lines))
                .orElse(LogPosition.BEGIN);
        deliver(log, new LogCursor(log, from), query, runEnded, sink);
    }

    /**
     * Begins reading at the log's present end: what is written from now on, {@link OutputTap#stream} delivers, even if the log is
     * deleted in between. A log that is not there yet is made, empty, as conmon would (it appends).
     */
    public OutputTap tap(Path log) {
        try {
            makeIfMissing(log);
            LogCursor cursor = new LogCursor(log, LogPosition.end(log));
            cursor.open();
            return (runEnded, sink) -> deliver(log, cursor, EVERYTHING, runEnded, sink);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read the log " + log + ": " + e, e);
        }
    }

    private static void makeIfMissing(Path log) throws IOException {
        try {
            Files.createFile(log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
            return; // the usual case: it ran before
        }
    }

    private void deliver(Path log, LogCursor cursor, LogQuery query, Future<?> runEnded, Consumer<LogEntry> sink) {
        PartJoin join = new PartJoin(sink);
        LogFilter filter = new LogFilter(query, join::add);
        try (cursor;
                Wakeup wakeup = runEnded.isDone() ? Wakeup.polling() : watch.watch(folder(log));
                EndSignal _ = new EndSignal(runEnded, wakeup)) {
            boolean last;
            do {
                last = runEnded.isDone() || filter.isPast(Instant.now());
                cursor.drain(filter::line);
                join.flush();
                if (!last) {
                    wakeup.await(filter.timeLeft(Instant.now()).orElse(FOR_EVER));
                }
            } while (!last);
        } catch (InterruptedException | ClosedByInterruptException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read the log " + log + ": " + e, e);
        }
    }

    private static Path folder(Path log) {
        return Objects.requireNonNull(log.getParent(), "a log is a file in a container's folder");
    }
}
