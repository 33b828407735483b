package dev.dormouse.proxy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Answers clients that are held for too long, in their backend's place. Called on event loops, by several at once: it must never block. */
public interface WaitingRoom {
    /** How long a client is held before it is answered. */
    Duration patience();

    /**
     * The answer to a client, which is closed then.
     *
     * @param sent what it has sent so far, up to {@link Doorkeeper#MOST_BYTES}; valid during the call
     * @return empty if that asks for nothing yet, or in another language: the client is held on, and asked about again when it sends more
     */
    Optional<ByteBuffer> answer(ByteBuffer sent);
}
