package dev.dormouse.daemon;

import dev.dormouse.daemon.api.http.ListeningSocket;
import dev.dormouse.daemon.config.ConfigException;
import dev.dormouse.daemon.config.DaemonConfig;
import dev.dormouse.daemon.config.ListenAddress;
import dev.dormouse.units.descriptor.InheritedDescriptor;
import dev.dormouse.units.descriptor.InheritedDescriptors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The sockets of the configuration. */
final class Listeners {
    private final Supplier<List<InheritedDescriptor>> inherited;

    Listeners(Supplier<List<InheritedDescriptor>> inherited) {
        this.inherited = inherited;
    }

    static Listeners ofProcess() {
        return new Listeners(InheritedDescriptors::take);
    }

    /**
     * Every listening socket that the configuration asks for; paths are free to be bound.
     *
     * @throws ConfigException if a descriptor was not passed, is of the wrong kind, or a path is in use
     */
    List<ListeningSocket> open(DaemonConfig config) {
        List<ListeningSocket> sockets = new ArrayList<>();
        for (ListenAddress host : config.hosts()) {
            // Not a switch: over types it is put together at run time, too slowly for a cold start (decision 22).
            if (host instanceof ListenAddress.Unix unix) {
                OwnSocket.makeWay(unix.path());
                sockets.add(new ListeningSocket.Unix(unix.path()));
            } else if (host instanceof ListenAddress.Inherited wanted) {
                sockets.addAll(inherited(wanted));
            }
        }
        return sockets;
    }

    private List<ListeningSocket> inherited(ListenAddress.Inherited wanted) {
        List<InheritedDescriptor> passed = inherited.get();
        List<ListeningSocket> sockets = passed.stream()
                .filter(descriptor ->
                        wanted.descriptor().isEmpty() || wanted.descriptor().getAsInt() == descriptor.number())
                .map(Listeners::socket)
                .toList();
        if (sockets.isEmpty()) {
            throw new ConfigException(
                    "--host fd://" + wanted.descriptor().orElse(3) + ": no such descriptor was passed; there are "
                            + passed.stream().map(InheritedDescriptor::number).toList());
        }
        return sockets;
    }

    private static ListeningSocket socket(InheritedDescriptor descriptor) {
        if (descriptor.type() != InheritedDescriptor.Type.STREAM) {
            throw new ConfigException("--host fd://" + descriptor.number() + " (" + descriptor.address()
                    + "): is a datagram socket; the API needs a stream: ListenStream= in the socket unit");
        }
        return switch (descriptor.family()) {
            case UNIX -> new ListeningSocket.InheritedUnix(descriptor.number());
            case INET, INET6 -> new ListeningSocket.InheritedTcp(descriptor.number());
        };
    }
}
