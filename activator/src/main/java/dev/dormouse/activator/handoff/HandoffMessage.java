package dev.dormouse.activator.handoff;

import java.util.List;

/** What a datagram at the hand-off socket says. */
public sealed interface HandoffMessage {
    /**
     * Listening sockets of a service are to be held here from now on: FDSTORE=1 of sd_notify(3).
     *
     * @param name a valid container name
     * @param descriptors at least one; whoever holds this owns them
     */
    record HandOver(String name, List<Integer> descriptors) implements HandoffMessage {
        public HandOver {
            descriptors = List.copyOf(descriptors);
        }
    }

    /**
     * They are to be closed: FDSTOREREMOVE=1.
     *
     * @param sender process id, for the barrier that follows
     */
    record TakeBack(String name, int sender) implements HandoffMessage {}

    /**
     * The descriptor is to be closed when all that the same process asked for before is done: BARRIER=1.
     *
     * @param descriptor one end of a pipe; whoever holds this owns it
     */
    record Barrier(int descriptor, int sender) implements HandoffMessage {}

    /**
     * Nothing that is understood; descriptors that came with it are to be closed.
     *
     * @param reason why it is let pass
     */
    record Rejected(String reason, List<Integer> descriptors) implements HandoffMessage {
        public Rejected {
            descriptors = List.copyOf(descriptors);
        }
    }
}
