package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.proxy.kernel.Kernel;
import dev.dormouse.proxy.kernel.KernelException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** The two directions between a client and its backend. */
final class Relay {
    /** What a run came to. */
    enum Outcome {
        /** Moved what could be moved; the next edge tells when there is more. */
        WAITING,
        /** There is more to move now, for another turn. */
        UNFINISHED,
        /** Both streams have ended and were passed on. */
        CLOSED,
        /** One side was reset, so the other is to be. */
        BROKEN
    }

    private final Endpoint client;
    private final Endpoint backend;
    private final Flow toBackend;
    private final Flow toClient;

    Relay(Loop loop, Endpoint client, Endpoint backend, Acceptor meters) {
        this.client = client;
        this.backend = backend;
        this.toBackend = new Flow(loop, client, backend, meters.fromClients());
        this.toClient = new Flow(loop, backend, client, meters.toClients());
    }

    /** Has the backend get these bytes before any of the client's; to be called before the first run. */
    void introduce(ByteBuffer header) {
        toBackend.precede(header);
    }

    Outcome run() {
        boolean more = toBackend.run();
        more |= toClient.run();
        if (broken()) {
            // What a side sent before its reset is passed on as far as the other takes it. More would be more than the
            // kernel does, which drops what it has not sent; and who waits for a stalled peer might wait for ever.
            more |= toBackend.run();
            return more ? Outcome.UNFINISHED : Outcome.BROKEN;
        }
        if (more) {
            return Outcome.UNFINISHED;
        }
        return toBackend.done() && toClient.done() ? Outcome.CLOSED : Outcome.WAITING;
    }

    /** Whether the backend has sent a byte. */
    boolean answered() {
        return toClient.begun();
    }

    void close() {
        toBackend.close();
        toClient.close();
    }

    /**
     * What is between two bytes here, which is the caller's from now on, as are both sockets.
     *
     * @throws KernelException if what was read and not yet written cannot be kept; nothing is the caller's then
     */
    CarriedConnection take(Kernel kernel) {
        OptionalInt unsent = toBackend.takePending();
        try {
            return new CarriedConnection(
                    client.descriptor(), OptionalInt.of(backend.descriptor()), unsent, toClient.takePending());
        } catch (RuntimeException | Error e) {
            unsent.ifPresent(kernel::close);
            throw e;
        }
    }

    /**
     * Begins where another relay ended.
     *
     * @throws KernelException if what was read there cannot be; the files are closed all the same
     */
    void begin(CarriedConnection carried, Kernel kernel) {
        try {
            carried.toBackend().ifPresent(toBackend::beginWith);
        } catch (RuntimeException | Error e) {
            carried.toClient().ifPresent(kernel::close);
            throw e;
        }
        carried.toClient().ifPresent(toClient::beginWith);
    }

    boolean broken() {
        return client.broken() || backend.broken();
    }
}
