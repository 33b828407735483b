package dev.dormouse.daemon.activation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The activator's two files, of which each line is read once. For one thread. */
final class ActivationFiles {
    private final Path folder;
    private ReadPosition position;

    ActivationFiles(Path folder, ReadPosition position) {
        this.folder = folder;
        this.position = position;
    }

    ReadPosition position() {
        return position;
    }

    /**
     * The lines that have not been read yet.
     *
     * @throws IOException if they cannot be read, now
     * @throws BrokenLineException if a file has no head that can be read
     */
    List<String> take() throws IOException, BrokenLineException {
        List<String> lines = new ArrayList<>();
        try (Opened current = new Opened(LineSegment.open(folder.resolve("events.jsonl")))) {
            if (!current.is(position.file())) {
                try (Opened older = new Opened(LineSegment.open(folder.resolve("events.1.jsonl")))) {
                    // The same if it has become the older one this very moment.
                    boolean isOther = older.segment()
                            .filter(segment -> !current.is(segment.number()))
                            .isPresent();
                    if (isOther) {
                        lines.addAll(read(older.segment().orElseThrow()));
                    }
                }
            }
            if (current.segment().isPresent()) {
                lines.addAll(read(current.segment().get()));
            }
        }
        return lines;
    }

    private List<String> read(LineSegment segment) throws IOException {
        LineSegment.Lines read = segment.from(segment.number() == position.file() ? position.offset() : 0);
        position = new ReadPosition(segment.number(), read.offset());
        return read.lines();
    }

    private record Opened(Optional<LineSegment> segment) implements AutoCloseable {
        boolean is(long number) {
            return segment.filter(open -> open.number() == number).isPresent();
        }

        @Override
        public void close() throws IOException {
            if (segment.isPresent()) {
                segment.get().close();
            }
        }
    }
}
