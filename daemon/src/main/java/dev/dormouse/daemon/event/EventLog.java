package dev.dormouse.daemon.event;

import dev.dormouse.daemon.error.EngineException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on disk, over the lives of engines: a file that is appended to and, once it has {@link Limits#events} events or
 * {@link Limits#bytes} bytes, becomes the older one of two.
 *
 * <p>Each event is one write(2) before any follower gets it and is not synced: once the call has returned the kernel has it, so an
 * engine that is killed loses none; a machine that loses its power loses what the kernel had not written back by then (30 s by default,
 * vm.dirty_expire_centisecs). A sync for every event would cost each verb some milliseconds for a history whose truth is elsewhere: the
 * exits of containers are in files of their own.
 */
public final class EventLog implements EventHistory {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final String CURRENT = "events.jsonl";
    private static final String OLDER = "events.1.jsonl";

    private final Path folder;
    private final Limits limits;
    private final ToldRuns told = new ToldRuns();
    // No channel: the interrupt of a client that leaves would close it for all.
    private OutputStream out;
    private int events;
    private long bytes;
    private boolean torn;
    private boolean failing;

    /** How much one file holds; there are two. */
    public record Limits(int events, long bytes) {
        /** A few days of a busy machine, read in some tens of milliseconds. */
        public static final Limits DEFAULT = new Limits(4096, 2 << 20);
    }

    private EventLog(Path folder, Limits limits) throws IOException {
        this.folder = folder;
        this.limits = limits;
        this.out = new FileOutputStream(current().toFile(), true);
    }

    /**
     * Opens the log of a folder, which is made if need be.
     *
     * @throws EngineException.Failed if it cannot be opened, or a newer Dormouse wrote it; it is untouched then
     */
    public static EventLog open(Path folder, Limits limits) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            requireKnown(folder.resolve(CURRENT));
            EventLog log = new EventLog(folder, limits);
            log.begin();
            return log;
        } catch (IOException e) {
            throw new EngineException.Failed("cannot open the events in " + folder + ": " + e, e);
        }
    }

    private static void requireKnown(Path file) throws IOException {
        if (Files.notExists(file)) {
            return;
        }
        try (EventSegment segment = EventSegment.open(file)) {
            int schema = segment.read(_ -> {}).map(EventLine.Head::schema).orElse(EventLine.SCHEMA);
            if (schema != EventLine.SCHEMA) {
                throw new EngineException.Failed(file + " has schema " + schema + ", this Dormouse knows "
                        + EventLine.SCHEMA + ": run the version that wrote it, or move the file away");
            }
        }
    }

    /** As {@link #open}; where that fails, the reason is logged and the events of this engine's life are all there are. */
    public static EventHistory orRecent(Path folder) {
        try {
            return open(folder, Limits.DEFAULT);
        } catch (EngineException e) {
            LOG.error("events are kept in memory only, until this is mended: {}", e.getMessage());
            return new RecentEvents(EventStream.KEPT);
        }
    }

    private void begin() throws IOException {
        told.read(folder.resolve(OLDER));
        ToldRuns.Contents found = told.read(current());
        events = found.events();
        bytes = found.bytes();
        torn = !found.endsWithLine();
        if (bytes == 0) {
            Instant now = Instant.now();
            told.reachesBackTo(now);
            write(EventLine.head(now));
        } else if (!found.headed()) {
            LOG.warn("{} begins with no head that can be read: it is put aside", current());
            rotate();
        }
    }

    private Path current() {
        return folder.resolve(CURRENT);
    }

    @Override
    public void append(Event event) {
        byte[] line = EventLine.of(event);
        try {
            if ((events >= limits.events()) || ((bytes + line.length > limits.bytes()) && (events > 0))) {
                rotate();
            }
            write(line);
            events++;
            if (failing) {
                failing = false;
                LOG.info("events are written to {} again", folder);
            }
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                LOG.error(
                        "events cannot be written to {} and will be missing from `docker events --since`: {}",
                        folder,
                        e.toString());
            }
        }
    }

    private void rotate() throws IOException {
        Files.move(current(), folder.resolve(OLDER), StandardCopyOption.ATOMIC_MOVE);
        OutputStream old = out;
        out = new FileOutputStream(current().toFile(), true);
        old.close();
        events = 0;
        bytes = 0;
        torn = false;
        write(EventLine.head(Instant.now()));
    }

    /** After a line that did not get out whole a new one is begun: only that one is lost. */
    private void write(byte[] line) throws IOException {
        if (torn) {
            out.write('\n');
            bytes++;
        }
        torn = true;
        out.write(line);
        bytes += line.length;
        torn = false;
    }

    @Override
    public Past past() {
        List<EventSegment> segments = new ArrayList<>();
        for (Path file : List.of(folder.resolve(OLDER), current())) {
            try {
                if (Files.exists(file)) {
                    segments.add(EventSegment.open(file));
                }
            } catch (IOException e) {
                LOG.error("{} cannot be read, its events are left out: {}", file, e.toString());
            }
        }
        return since -> read(segments, since);
    }

    private static List<Event> read(List<EventSegment> segments, Instant since) {
        List<Event> found = new ArrayList<>();
        for (EventSegment segment : segments) {
            try (segment) {
                segment.read(event -> {
                    if (!event.time().isBefore(since)) {
                        found.add(event);
                    }
                });
            } catch (IOException e) {
                LOG.error("{} cannot be read, its events are left out: {}", segment.file(), e.toString());
            }
        }
        found.sort(Comparator.comparing(Event::time));
        return List.copyOf(found);
    }

    @Override
    public boolean isNews(Event event) {
        return told.isNews(event);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot close the events in " + folder + ": " + e, e);
        }
    }
}
