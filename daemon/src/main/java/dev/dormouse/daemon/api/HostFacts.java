package dev.dormouse.daemon.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code GET /info} tells about the machine.
 *
 * @param memoryBytes all of it
 * @param cgroupVersion {@code 1} or {@code 2}
 */
record HostFacts(
        String hostname, String kernel, String operatingSystem, int cpus, long memoryBytes, String cgroupVersion) {
    static HostFacts read() {
        return new HostFacts(
                text(Path.of("/proc/sys/kernel/hostname")).strip(),
                text(Path.of("/proc/sys/kernel/osrelease")).strip(),
                find(text(Path.of("/etc/os-release")), "(?m)^PRETTY_NAME=\"?([^\"\n]*)", "Linux"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(find(text(Path.of("/proc/meminfo")), "MemTotal:\\s+(\\d+)", "0")) * 1024,
                Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")) ? "2" : "1");
    }

    /** amd64 as the OCI specification names it, x86_64 as uname does. */
    static String unameMachine() {
        String architecture = System.getProperty("os.arch", "unknown");
        return architecture.equals("amd64") ? "x86_64" : architecture;
    }

    private static String find(String text, String pattern, String otherwise) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    /** Empty for a file that this system has not: then there is nothing to tell. */
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}
