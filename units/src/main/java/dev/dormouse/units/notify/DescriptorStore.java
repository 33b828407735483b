package dev.dormouse.units.notify;

import dev.dormouse.units.libc.Libc;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * systemd's store of descriptors for the next run of this service (FileDescriptorStoreMax=), for a process that is ending: unlike
 * {@link Notifier} it sends at once, on the caller's thread, and tells what fails. Stateless.
 */
public final class DescriptorStore {
    private final String path;

    private DescriptorStore(String path) {
        this.path = path;
    }

    /** The store at NOTIFY_SOCKET; empty where that is no path, as without systemd. */
    public static Optional<DescriptorStore> ofEnvironment() {
        return Optional.ofNullable(System.getenv("NOTIFY_SOCKET"))
                .filter(address -> address.startsWith("/"))
                .map(DescriptorStore::at);
    }

    static DescriptorStore at(String path) {
        return new DescriptorStore(path);
    }

    /**
     * Has systemd keep a copy of a descriptor, also when the other end of what it is has gone (FDPOLL=0).
     *
     * @param name 1 to 255 characters of ASCII, no control characters, no colon (sd_pid_notify_with_fds(3), FDNAME)
     * @throws IllegalArgumentException if the name is none
     * @throws dev.dormouse.units.libc.LibcException if it cannot be sent
     */
    public void keep(String name, int descriptor) {
        send("FDSTORE=1\nFDPOLL=0\nFDNAME=" + StoreName.require(name), List.of(descriptor));
    }

    /**
     * Has systemd keep those of that name no longer.
     *
     * @throws dev.dormouse.units.libc.LibcException if it cannot be sent
     */
    public void remove(String name) {
        send("FDSTOREREMOVE=1\nFDNAME=" + StoreName.require(name), List.of());
    }

    private void send(String text, List<Integer> descriptors) {
        int socket = Libc.datagramSocketTo(path);
        try {
            Libc.sendmsg(socket, text.getBytes(StandardCharsets.UTF_8), descriptors);
        } finally {
            Libc.close(socket);
        }
    }
}
