package dev.dormouse.units.notify;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A notification that was received.
 *
 * @param fields its assignments; of several of the same name the first
 * @param descriptors descriptors that came with it, close-on-exec set; the receiver of this owns them
 * @param pid the sender's process, as the kernel vouches for it; 0 if it is not visible here, or if the message was queued before anyone
 *     asked for credentials (a socket unit has PassCredentials=yes against that)
 * @param uid the sender's effective user; 65534 where pid is 0 for the second reason
 */
public record Message(Map<String, String> fields, List<Integer> descriptors, int pid, int uid) {
    /** Copies what it is given. */
    public Message {
        fields = Map.copyOf(fields);
        descriptors = List.copyOf(descriptors);
    }

    /** The value of a field. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Whether the field is there with the value 1, as FDSTORE, FDSTOREREMOVE, BARRIER, READY and their like are sent. */
    public boolean says(String name) {
        return "1".equals(fields.get(name));
    }
}
