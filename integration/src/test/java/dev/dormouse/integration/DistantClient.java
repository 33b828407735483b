package dev.dormouse.integration;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;

/** A client on a host of its own, as far as TCP can tell: a network namespace, whose cable can be cut without a word to anybody. */
final class DistantClient implements AutoCloseable {
    private static final String NAME = "distant";
    private static final String HERE = "192.0.2.1";

    private final Process process;
    private final BufferedReader answers;

    private DistantClient(Process process) {
        this.process = process;
        this.answers = process.inputReader();
    }

    /** Connects, asks, and stays. */
    static DistantClient connect(int port) throws IOException {
        Shell.run("sh", "-ceu", """
                ip netns add "$0"
                ip link add "$0" type veth peer name peer netns "$0"
                ip address add "$1/30" dev "$0"
                ip link set "$0" up
                ip -n "$0" address add 192.0.2.2/30 dev peer
                ip -n "$0" link set peer up
                """, NAME, HERE);
        ProcessBuilder builder =
                new ProcessBuilder("ip", "netns", "exec", NAME, "bash", "-c", """
                exec 3<>"/dev/tcp/$HERE/$PORT"
                printf 'GET / HTTP/1.1\\r\\nHost: distant\\r\\n\\r\\n' >&3
                exec cat <&3
                """).redirectErrorStream(true);
        builder.environment().putAll(Map.of("HERE", HERE, "PORT", Integer.toString(port)));
        return new DistantClient(builder.start());
    }

    /** The first line of what it was answered. */
    String answer() throws IOException {
        return String.valueOf(answers.readLine());
    }

    boolean isConnected() {
        return process.isAlive();
    }

    /** Neither side hears of the other from now on. */
    void vanish() {
        Shell.run("ip", "-n", NAME, "link", "set", "peer", "down");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Shell.attempt("ip", "link", "delete", NAME);
        Shell.run("ip", "netns", "delete", NAME);
    }
}
