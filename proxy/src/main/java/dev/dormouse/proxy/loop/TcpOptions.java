package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.kernel.Kernel;
import dev.dormouse.proxy.kernel.Option;

/** How TCP sockets are set up: no delay, and a peer that vanished is found out after two minutes of silence. */
final class TcpOptions {
    private static final int IDLE_SECONDS = 60;
    private static final int INTERVAL_SECONDS = 15;
    private static final int PROBES = 4;

    /**
     * A SYN is repeated twice, so that a host which does not answer fails the connect within 7 s rather than the standard 127 s, and the
     * backend is asked again.
     */
    private static final int SYN_REPEATS = 2;

    private TcpOptions() {}

    /** A failure is not told: the connection works without, and a socket that is broken shows it by itself. */
    static void ofBackend(Kernel kernel, int socket) {
        kernel.set(socket, Option.NO_DELAY, 1);
        kernel.set(socket, Option.SYN_COUNT, SYN_REPEATS);
        keepAlive(kernel, socket);
    }

    /**
     * Clients inherit these from their listener, which spares each accept five calls. A socket unit's own KeepAlive= is left as it is
     * (systemd.socket(5)).
     */
    static void ofListener(Kernel kernel, int socket) {
        kernel.set(socket, Option.NO_DELAY, 1);
        if (kernel.option(socket, Option.KEEP_ALIVE) == 0) {
            keepAlive(kernel, socket);
        }
    }

    private static void keepAlive(Kernel kernel, int socket) {
        kernel.set(socket, Option.KEEP_ALIVE_IDLE, IDLE_SECONDS);
        kernel.set(socket, Option.KEEP_ALIVE_INTERVAL, INTERVAL_SECONDS);
        kernel.set(socket, Option.KEEP_ALIVE_COUNT, PROBES);
        kernel.set(socket, Option.KEEP_ALIVE, 1);
    }
}
