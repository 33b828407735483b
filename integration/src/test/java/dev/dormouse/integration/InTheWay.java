package dev.dormouse.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A program in the way of one of the distribution's, found first in the PATH of the units' scripts, until closed. */
final class InTheWay implements AutoCloseable {
    private final Path file;

    private InTheWay(Path file) {
        this.file = file;
    }

    /** @param script what is done first, in sh; unless it exits the real program does the rest */
    static InTheWay of(String program, String script) throws IOException {
        String real = Shell.run("sh", "-c", "PATH=/usr/sbin:/usr/bin:/usr/lib/podman; command -v " + program);
        Path file = Path.of("/usr/local/sbin", program);
        Files.writeString(file, "#!/bin/sh\n" + script + "\nexec " + real + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new InTheWay(file);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
