package dev.dormouse.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A connection between two bytes, out of one data plane and not yet in another. Whoever holds this owns its descriptors. Ends of streams
 * need no word: a socket tells of them again.
 *
 * @param client its socket
 * @param backend its backend's; empty for a client that is held, of whom nothing has been read
 * @param toBackend a file in memory with what was read from the client and not yet written
 * @param toClient the same of the other direction
 */
public record CarriedConnection(int client, OptionalInt backend, OptionalInt toBackend, OptionalInt toClient) {
    /** Those of them that there are, in the order of the components. */
    public List<Integer> descriptors() {
        List<Integer> descriptors = new ArrayList<>(List.of(client));
        backend.ifPresent(descriptors::add);
        toBackend.ifPresent(descriptors::add);
        toClient.ifPresent(descriptors::add);
        return descriptors;
    }
}
