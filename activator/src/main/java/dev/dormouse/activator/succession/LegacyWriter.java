package dev.dormouse.activator.succession;

import dev.dormouse.proxy.CarriedConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what is left: messages of assignments, one a line, with the descriptors that they speak of. {@code NUMBER=} counts them, as
 * systemd may pass the parcels in another order; the last has {@code END=1}.
 */
public final class LegacyWriter {
    static final int VERSION = 1;
    /** SCM_MAX_FD of the kernel is 253, and a connection has up to four. */
    static final int MOST_DESCRIPTORS = 250;

    private final Parcels parcels = new Parcels();
    private int number;

    private LegacyWriter() {}

    /**
     * Packs all of it.
     *
     * @return descriptors that a {@link LegacyReader} reads, here or in another process
     */
    public static List<Integer> write(List<Legacy> legacies) {
        LegacyWriter writer = new LegacyWriter();
        legacies.forEach(writer::write);
        writer.send("END=1", List.of());
        return writer.parcels.seal();
    }

    private void write(Legacy legacy) {
        send("SERVICE=" + legacy.name() + "\nAWAKE=" + (legacy.awake() ? 1 : 0), legacy.listeners());
        StringBuilder forms = new StringBuilder();
        List<Integer> descriptors = new ArrayList<>();
        for (CarriedConnection connection : legacy.connections()) {
            List<Integer> more = connection.descriptors();
            if (descriptors.size() + more.size() > MOST_DESCRIPTORS) {
                sendConnections(legacy, forms, descriptors);
                forms.setLength(0);
                descriptors.clear();
            }
            forms.append(Form.of(connection).letter());
            descriptors.addAll(more);
        }
        if (!descriptors.isEmpty()) {
            sendConnections(legacy, forms, descriptors);
        }
    }

    private void sendConnections(Legacy legacy, StringBuilder forms, List<Integer> descriptors) {
        send("CONNECTIONS=" + legacy.name() + "\nFORMS=" + forms, descriptors);
    }

    private void send(String text, List<Integer> descriptors) {
        parcels.send("VERSION=" + VERSION + "\nNUMBER=" + number + "\n" + text, descriptors);
        number++;
    }
}
