package dev.dormouse.activator.handoff;

import dev.dormouse.activator.config.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what arrives at the hand-off socket. Stateless. */
final class HandoffParser {
    private static final int ROOT = 0;
    /** SCM_MAX_FD of the kernel. */
    private static final int MOST_DESCRIPTORS = 253;

    private HandoffParser() {}

    /**
     * The message in a datagram.
     *
     * @param fields its NAME=VALUE lines
     * @param sender as the kernel vouches for it; empty if it did not
     */
    static HandoffMessage read(Map<String, String> fields, List<Integer> descriptors, Optional<Sender> sender) {
        if (sender.isEmpty() || sender.get().uid() != ROOT) {
            return new HandoffMessage.Rejected(
                    "a datagram of " + sender.map(Sender::toString).orElse("an unknown sender")
                            + ": only root may hand over",
                    descriptors);
        }
        int pid = sender.get().pid();
        if (isSet(fields, "BARRIER")) {
            return descriptors.size() == 1
                    ? new HandoffMessage.Barrier(descriptors.getFirst(), pid)
                    : rejected("BARRIER=1", "must come with one descriptor, not " + descriptors.size(), descriptors);
        }
        String name = fields.getOrDefault("FDNAME", "");
        if (!Names.isName(name)) {
            return rejected("FDNAME", "must be a container's name", descriptors);
        }
        if (isSet(fields, "FDSTOREREMOVE")) {
            return descriptors.isEmpty()
                    ? new HandoffMessage.TakeBack(name, pid)
                    : rejected("FDSTOREREMOVE=1", "of " + name + " must come without descriptors", descriptors);
        }
        if (!isSet(fields, "FDSTORE")) {
            return rejected("FDSTORE=1, FDSTOREREMOVE=1 or BARRIER=1", "must be there", descriptors);
        }
        return descriptors.isEmpty() || descriptors.size() > MOST_DESCRIPTORS
                ? rejected("FDSTORE=1", "of " + name + " must come with the listening sockets", descriptors)
                : new HandoffMessage.HandOver(name, descriptors);
    }

    private static boolean isSet(Map<String, String> fields, String name) {
        return "1".equals(fields.get(name));
    }

    private static HandoffMessage rejected(String field, String rule, List<Integer> descriptors) {
        return new HandoffMessage.Rejected("a hand-over: " + field + " " + rule, descriptors);
    }
}
