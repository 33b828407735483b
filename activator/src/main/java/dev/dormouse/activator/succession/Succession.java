package dev.dormouse.activator.succession;

import dev.dormouse.units.notify.DescriptorStore;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from one activator to the next: systemd keeps the parcels while no process runs (FileDescriptorStoreMax=). */
public final class Succession {
    /** What systemd keeps them by. */
    public static final String NAME = "succession";

    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private Succession() {}

    /**
     * What an earlier process left.
     *
     * @param parcels that systemd passed
     * @throws SuccessionException if it cannot be read; then it is gone
     */
    public static List<Legacy> take(List<Integer> parcels) {
        if (parcels.isEmpty()) {
            return List.of();
        }
        try {
            List<Legacy> legacies = LegacyReader.read(parcels);
            int connections = legacies.stream()
                    .mapToInt(legacy -> legacy.connections().size())
                    .sum();
            LOG.info("going on with {} services and {} connections of the last process", legacies.size(), connections);
            return legacies;
        } finally {
            DescriptorStore.ofEnvironment().ifPresent(store -> store.remove(NAME));
        }
    }

    /**
     * Leaves it to the next process.
     *
     * @throws SuccessionException if there is no systemd to keep it
     * @throws dev.dormouse.units.libc.LibcException if it cannot be kept
     */
    public static void leave(List<Legacy> legacies) {
        DescriptorStore store = DescriptorStore.ofEnvironment()
                .orElseThrow(() -> new SuccessionException("NOTIFY_SOCKET is not set: nobody keeps what is left"));
        LegacyWriter.write(legacies).forEach(parcel -> store.keep(NAME, parcel));
    }
}
