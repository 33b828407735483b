package dev.dormouse.activator.wake;

import dev.dormouse.waitport.Cause;
import dev.dormouse.waitport.ListeningProbe;
import dev.dormouse.waitport.Probe;
import dev.dormouse.waitport.ProbeResult;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Ready when a container's process listens on a port, seen in its network namespace; where it is to take streams and datagrams, on both.
 *
 * @param started the container's {@code started} file, which names the process on its line {@code PID=}. conmon's own pid file is for
 *     root alone
 */
record StartedListening(Path started, int port, InetAddress address, boolean streams, boolean datagrams)
        implements Probe {
    private static final String PID = "PID=";

    @Override
    public ProbeResult attempt(Duration timeout) throws InterruptedException {
        Optional<Long> pid = pid();
        if (pid.isEmpty()) {
            return new ProbeResult.NotYet(Cause.NOT_LISTENING, "the container has not started");
        }
        ProbeResult result = ProbeResult.READY;
        if (streams) {
            result = ListeningProbe.ofProcess(pid.get(), port, Optional.of(address))
                    .attempt(timeout);
        }
        return datagrams && result.equals(ProbeResult.READY)
                ? ListeningProbe.ofUdp(pid.get(), port, Optional.of(address)).attempt(timeout)
                : result;
    }

    /** Empty also while the file is being written. */
    private Optional<Long> pid() {
        try {
            return Files.readString(started)
                    .lines()
                    .filter(line -> line.startsWith(PID))
                    .map(line -> line.substring(PID.length()))
                    .filter(number -> number.matches("[0-9]{1,10}"))
                    .map(Long::valueOf)
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return (streams ? "port " : "UDP port ") + port + " in the container's network namespace";
    }
}
