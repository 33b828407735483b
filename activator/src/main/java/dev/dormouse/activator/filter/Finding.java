package dev.dormouse.activator.filter;

import java.nio.ByteBuffer;

/** What a client's first bytes say. */
sealed interface Finding {
    /** It is one that the service is for. */
    record Right() implements Finding {}

    /** Nothing yet. */
    record Open() implements Finding {}

    /**
     * It is none.
     *
     * @param answer in its language; empty for none
     */
    record Refused(Reason reason, ByteBuffer answer) implements Finding {
        private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

        Refused(Reason reason) {
            this(reason, NOTHING);
        }
    }

    Finding RIGHT = new Right();
    Finding OPEN = new Open();
}
