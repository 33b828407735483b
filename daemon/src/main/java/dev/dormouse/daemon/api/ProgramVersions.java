package dev.dormouse.daemon.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of the programs that the engine uses, asked once each. Thread-safe. */
final class ProgramVersions {
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+\\S*");
    private static final Map<String, String> PROGRAMS = Map.of(
            "crun", "crun",
            "conmon", "conmon",
            "netavark", "/usr/lib/podman/netavark");

    private final Map<String, String> known = new LinkedHashMap<>();

    /** By name, in the order of the list; {@code not installed} for one that cannot be run. */
    synchronized Map<String, String> all() {
        for (String program : java.util.List.of("crun", "conmon", "netavark")) {
            if (!known.containsKey(program)) {
                known.put(program, ask(PROGRAMS.getOrDefault(program, program)));
            }
        }
        return Map.copyOf(known);
    }

    private static String ask(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
            String output;
            try (InputStream out = process.getInputStream()) {
                output = new String(out.readNBytes(4096), StandardCharsets.UTF_8);
            }
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Matcher version = VERSION.matcher(output);
            return version.find() ? version.group() : "unknown";
        } catch (IOException _) {
            return "not installed";
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while asking " + program + " for its version", e);
        }
    }
}
