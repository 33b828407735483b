package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.CarriedConnection;
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

    /** What was read from the client and not yet written, which is nobody's here from now on. */
    OptionalInt takeToBackend() {
        return toBackend.takePending();
    }

    /** The other direction. */
    OptionalInt takeToClient() {
        return toClient.takePending();
    }

    /** Begins where another relay ended. */
    void begin(CarriedConnection carried) {
        carried.toBackend().ifPresent(toBackend::beginWith);
        carried.toClient().ifPresent(toClient::beginWith);
    }

    boolean broken() {
        return client.broken() || backend.broken();
    }
}
