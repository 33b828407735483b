package dev.dormouse.activator.handoff;

import dev.dormouse.activator.config.Names;
import dev.dormouse.units.notify.Message;

/** Reads what arrives at the hand-off socket. Stateless. */
final class HandoffParser {
    private static final int ROOT = 0;

    private HandoffParser() {}

    /** What a message asks for. */
    static HandoffMessage read(Message message) {
        if (message.uid() != ROOT) {
            return rejected(message, "only root may hand over, not user " + message.uid());
        }
        int count = message.descriptors().size();
        if (message.says("BARRIER")) {
            return count == 1
                    ? new HandoffMessage.Barrier(message.descriptors().getFirst(), message.pid())
                    : rejected(message, "BARRIER=1 must come with one descriptor, not " + count);
        }
        String name = message.field("FDNAME").orElse("");
        if (!Names.isName(name)) {
            return rejected(message, "FDNAME must be a container's name");
        }
        if (message.says("FDSTOREREMOVE")) {
            return count == 0
                    ? new HandoffMessage.TakeBack(name, message.pid())
                    : rejected(message, "FDSTOREREMOVE=1 of " + name + " must come without descriptors");
        }
        if (!message.says("FDSTORE")) {
            return rejected(message, "it must say FDSTORE=1, FDSTOREREMOVE=1 or BARRIER=1");
        }
        return count == 0
                ? rejected(message, "FDSTORE=1 of " + name + " must come with listening sockets")
                : new HandoffMessage.HandOver(name, message.descriptors());
    }

    private static HandoffMessage rejected(Message message, String rule) {
        return new HandoffMessage.Rejected(
                "a message of process " + message.pid() + " at the hand-off socket is let pass: " + rule,
                message.descriptors());
    }
}
