package dev.dormouse.units.descriptor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Takes the sockets that systemd passed, by the protocol of sd_listen_fds(3). Thread-safe; asking again gives the same.
 *
 * <p>The protocol names the process: whatever starts the JVM must become it by {@code exec}, not start it as a child.
 */
public final class InheritedDescriptors {
    private static final int FIRST = 3;
    /** Above the kernel's own default bound on open files a process (fs.nr_open) systemd could not have passed them. */
    private static final int MOST = 1 << 20;

    private static final String PID = "LISTEN_PID";
    private static final String COUNT = "LISTEN_FDS";
    private static final String NAMES = "LISTEN_FDNAMES";
    private static final String UNNAMED = "unknown";
    private static final String ADVICE = "start this by its socket unit, or with systemd-socket-activate";

    private final Map<String, String> environment;
    private final long pid;
    private final SocketReader reader;

    InheritedDescriptors(Map<String, String> environment, long pid, SocketKernel kernel) {
        this.environment = Map.copyOf(environment);
        this.pid = pid;
        this.reader = new SocketReader(kernel);
    }

    /**
     * The descriptors passed to this process, at least one, ascending; close-on-exec is set on all of them.
     *
     * @throws DescriptorException if none was passed, or they were meant for another process, or one of them is not a listening
     *     stream socket or a bound datagram socket of family inet, inet6 or unix
     */
    public static List<InheritedDescriptor> take() {
        return new InheritedDescriptors(System.getenv(), ProcessHandle.current().pid(), SocketKernel.LINUX).read();
    }

    /**
     * What systemd passed to this process.
     *
     * @param stored numbers of those that an earlier run of the service had systemd keep
     */
    public record Passed(List<InheritedDescriptor> sockets, List<Integer> stored) {}

    /**
     * The same, where the service has systemd keep descriptors of whatever kind (FileDescriptorStoreMax=).
     *
     * @param stored the name that it keeps them by
     */
    public static Passed take(String stored) {
        return new InheritedDescriptors(System.getenv(), ProcessHandle.current().pid(), SocketKernel.LINUX)
                .read(stored);
    }

    List<InheritedDescriptor> read() {
        return read("").sockets();
    }

    Passed read(String stored) {
        requireOurs();
        int count = count();
        List<String> names = names(count);
        // All of them first, so that none leaks into a child even if one turns out to be wrong.
        for (int i = 0; i < count; i++) {
            reader.setCloseOnExec(FIRST + i, names.get(i));
        }
        List<InheritedDescriptor> sockets = new ArrayList<>(count);
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (names.get(i).equals(stored)) {
                kept.add(FIRST + i);
            } else {
                sockets.add(reader.read(FIRST + i, names.get(i)));
            }
        }
        return new Passed(List.copyOf(sockets), List.copyOf(kept));
    }

    private void requireOurs() {
        if (!environment.containsKey(COUNT) || !environment.containsKey(PID)) {
            String missing = environment.containsKey(COUNT) ? PID : COUNT;
            throw new DescriptorException("no socket was passed: " + missing + " is not set; " + ADVICE);
        }
        int listener =
                number(PID).orElseThrow(() -> new DescriptorException(PID + " is not a process id above 0; " + ADVICE));
        if (listener != pid) {
            throw new DescriptorException("the sockets were passed to process " + listener + " (" + PID + "), this is "
                    + pid + ": what starts it must become it by exec, or unset " + PID + " and " + COUNT);
        }
    }

    private int count() {
        OptionalInt count = number(COUNT);
        if (count.isEmpty() || count.getAsInt() > MOST) {
            throw new DescriptorException(COUNT + " is not a number from 1 to " + MOST + "; " + ADVICE);
        }
        return count.getAsInt();
    }

    /** A number above 0. */
    private OptionalInt number(String variable) {
        String text = environment.getOrDefault(variable, "");
        if (!text.matches("[0-9]{1,10}")) {
            return OptionalInt.empty();
        }
        long number = Long.parseLong(text);
        return number < 1 || number > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) number);
    }

    private List<String> names(int count) {
        Optional<String> text = Optional.ofNullable(environment.get(NAMES));
        if (text.isEmpty()) {
            return Collections.nCopies(count, UNNAMED);
        }
        List<String> names = List.of(text.get().split(":", -1));
        if (names.size() != count) {
            throw new DescriptorException(NAMES + " has " + names.size() + " names for " + count + " descriptors ("
                    + COUNT + "); it must have one for each, or not be set");
        }
        return names.stream().map(name -> name.isEmpty() ? UNNAMED : name).toList();
    }
}
