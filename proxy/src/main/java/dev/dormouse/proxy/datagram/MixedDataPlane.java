package dev.dormouse.proxy.datagram;

import dev.dormouse.proxy.Backend;
import dev.dormouse.proxy.DataPlane;
import dev.dormouse.proxy.DatagramReception;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Reception;
import dev.dormouse.proxy.kernel.Kernel;
import dev.dormouse.proxy.kernel.Option;
import dev.dormouse.proxy.loop.EpollDataPlane;
import dev.dormouse.proxy.loop.Loop;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A data plane for stream listeners and for UDP sockets. A UDP socket is read by one loop, which has all its sessions, so that what one
 * client sends arrives in the order in which it came. Thread-safe.
 */
public final class MixedDataPlane implements DataPlane {
    private static final int SOCK_DGRAM = 2;

    private final EpollDataPlane streams;
    private final SessionRoom room;
    private final Set<DatagramListener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();

    private MixedDataPlane(EpollDataPlane streams, SessionRoom room) {
        this.streams = streams;
        this.room = room;
    }

    /**
     * Starts one.
     *
     * @param loops threads that serve, at least 1: one a core
     */
    public static MixedDataPlane start(int loops) {
        return new MixedDataPlane(EpollDataPlane.start(loops), SessionRoom.ofProcess());
    }

    @Override
    public Listener listen(int descriptor, Reception reception, Backend backend) {
        return streams.listen(descriptor, reception, backend);
    }

    @Override
    public Listener listen(int descriptor, Reception reception, DatagramReception datagrams, Backend backend) {
        Kernel kernel = new Kernel();
        return kernel.option(descriptor, Option.TYPE) == SOCK_DGRAM
                ? listen(kernel, descriptor, datagrams, backend)
                : streams.listen(descriptor, reception, backend);
    }

    private Listener listen(Kernel kernel, int descriptor, DatagramReception reception, Backend backend) {
        int family = kernel.option(descriptor, Option.DOMAIN);
        if (family != Kernel.AF_INET && family != Kernel.AF_INET6) {
            throw new IllegalArgumentException("descriptor " + descriptor + " is a datagram socket of address family "
                    + family + "; only UDP of inet and inet6 is served");
        }
        if (kernel.localOf(descriptor).filter(local -> local.getPort() != 0).isEmpty()) {
            throw new IllegalArgumentException("descriptor " + descriptor + " is a UDP socket without a port");
        }
        // A socket unit has it with PassPacketInfo=yes, so that it holds for the first datagram too.
        Option packetInfo = family == Kernel.AF_INET ? Option.IPV4_PACKET_INFO : Option.IPV6_PACKET_INFO;
        kernel.set(descriptor, packetInfo, 1);
        kernel.setNonBlocking(descriptor);
        Loop loop = streams.loops()
                .get(Math.floorMod(next.getAndIncrement(), streams.loops().size()));
        DatagramListener listener = new DatagramListener(
                loop, descriptor, new Dealings(reception, backend, room, new LossMeter()), listeners::remove);
        listeners.add(listener);
        listener.resume();
        return listener;
    }

    @Override
    public void close() {
        listeners.forEach(listener -> listener.close().join());
        streams.close();
    }
}
