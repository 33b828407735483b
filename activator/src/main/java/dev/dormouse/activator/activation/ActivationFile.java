package dev.dormouse.activator.activation;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Lines of JSON for the engine, which reads them as they come, or when it is started: a head with a number of the file, then a line each. At
 * its size it becomes the older of two. Not synced. For one thread at a time.
 */
final class ActivationFile {
    /** Some hundred wakes, read in milliseconds. */
    static final long MOST_BYTES = 256 * 1024;

    private static final String CURRENT = "events.jsonl";
    private static final String OLDER = "events.1.jsonl";

    private final Path folder;
    private final long mostBytes;
    private final LongSupplier numbers;

    /** In that folder, which is made if need be; {@code numbers} gives each file one of its own. */
    ActivationFile(Path folder, long mostBytes, LongSupplier numbers) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.numbers = numbers;
    }

    void append(List<String> lines) throws IOException {
        Files.createDirectories(folder);
        Path current = folder.resolve(CURRENT);
        StringBuilder text = new StringBuilder();
        if (Files.exists(current) && Files.size(current) >= mostBytes) {
            Files.move(current, folder.resolve(OLDER), StandardCopyOption.ATOMIC_MOVE);
        }
        if (Files.notExists(current) || Files.size(current) == 0) {
            text.append("{\"schema\":1,\"file\":").append(numbers.getAsLong()).append("}\n");
        } else if (!endsWithLine(current)) {
            text.append('\n'); // the machine went down within a line: it is lost, and no other
        }
        lines.forEach(line -> text.append(line).append('\n'));
        try (OutputStream out = new FileOutputStream(current.toFile(), true)) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static boolean endsWithLine(Path file) throws IOException {
        try (RandomAccessFile end = new RandomAccessFile(file.toFile(), "r")) {
            end.seek(end.length() - 1);
            return end.read() == '\n';
        }
    }
}
