package dev.dormouse.proxy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Decides which clients of a listener are let in. Until then a client counts for nothing: not as a connection, not as activity. Its bytes
 * are looked at and not taken. Called on event loops, by several at once: it must return at once and never block.
 */
public interface Doorkeeper {
    /**
     * A client has come.
     *
     * @param source empty for a client of a unix socket
     */
    Visit arrived(Optional<InetAddress> source);

    /** One client at the door; used by one loop. */
    interface Visit {
        /**
         * Called first without any bytes, then whenever there are more. What it turns away it counts itself.
         *
         * @param sent all that the client has sent so far, up to {@link #MOST_BYTES}; valid during the call
         */
        Verdict look(ByteBuffer sent);

        /** The client is let go undecided. */
        void undecided(Departure why);
    }

    /** As many bytes are shown. */
    int MOST_BYTES = 16 * 1024;

    /** What is to become of a client. */
    sealed interface Verdict {
        /** It is let in. */
        record Admitted() implements Verdict {}

        /** More bytes must decide. With {@link #MOST_BYTES} shown there are none, and the client is let go. */
        record Undecided() implements Verdict {}

        /**
         * It is closed.
         *
         * @param answer sent before; empty for none
         */
        record TurnedAway(ByteBuffer answer) implements Verdict {}

        Verdict ADMITTED = new Admitted();
        Verdict UNDECIDED = new Undecided();
    }

    /** Why a client was let go undecided. */
    enum Departure {
        /** It has sent too little for too long, or has ended its stream. */
        SILENT,
        /** It has sent as many bytes as are looked at. */
        OVERSIZE,
        /** Too many were at the door, and it was the first of them. */
        CROWDED
    }
}
