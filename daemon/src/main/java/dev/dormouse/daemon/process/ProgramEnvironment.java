package dev.dormouse.daemon.process;

import java.io.File;
import java.util.Map;

/**
 * What programs of the distribution find around them, whoever started the engine: neither its inherited sockets (LISTEN_FDS) nor its
 * notification socket reach them.
 */
public final class ProgramEnvironment {
    /** systemd's default path of a system service, so that a program is found alike under systemd and a login shell. */
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ProgramEnvironment() {}

    /** Gives a program that, and no other variable; it begins in the root folder. */
    public static ProcessBuilder applyTo(ProcessBuilder builder) {
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.put("PATH", PATH);
        variables.put("HOME", "/root");
        variables.put("LANG", "C.UTF-8");
        return builder.directory(new File("/"));
    }
}
