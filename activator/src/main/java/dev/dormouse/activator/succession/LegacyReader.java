package dev.dormouse.activator.succession;

import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.libc.LibcException;
import dev.dormouse.units.libc.ReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a {@link LegacyWriter} wrote. */
public final class LegacyReader {
    private static final int MOST_BYTES = 4096;

    private final Map<String, List<Integer>> listeners = new LinkedHashMap<>();
    private final Set<String> awake = new HashSet<>();
    private final Map<String, List<CarriedConnection>> connections = new HashMap<>();

    private LegacyReader() {}

    /**
     * Reads it and closes the parcels.
     *
     * @return empty if they have been read before, by a process that came to an end before it could say so
     * @throws SuccessionException if it is not whole or of another version; its descriptors are closed then
     */
    public static List<Legacy> read(List<Integer> parcels) {
        List<ReceivedMessage> messages = new ArrayList<>();
        try {
            parcels.forEach(parcel -> receive(parcel, messages));
            return messages.isEmpty() ? List.of() : new LegacyReader().all(messages);
        } catch (SuccessionException e) {
            messages.forEach(message -> message.descriptors().forEach(Libc::close));
            throw e;
        } finally {
            parcels.forEach(Libc::close);
        }
    }

    private static void receive(int parcel, List<ReceivedMessage> messages) {
        while (true) {
            ReceivedMessage message;
            try {
                message = Libc.recvmsg(parcel, MOST_BYTES, LegacyWriter.MOST_DESCRIPTORS);
            } catch (LibcException e) {
                throw new SuccessionException("a parcel cannot be read: " + e.getMessage());
            }
            if (message.content().length == 0) {
                return; // all of them, and the sender has closed its end
            }
            messages.add(message);
            if (message.contentTruncated() || message.controlTruncated()) {
                throw new SuccessionException("a message was cut short; raise LimitNOFILE=");
            }
        }
    }

    private List<Legacy> all(List<ReceivedMessage> messages) {
        messages.sort(Comparator.comparingInt(LegacyReader::number));
        ReceivedMessage last = messages.getLast();
        if (number(last) != messages.size() - 1 || !fields(last).containsKey("END")) {
            throw new SuccessionException("only " + messages.size() + " of its messages arrived");
        }
        messages.forEach(this::read);
        return listeners.entrySet().stream()
                .map(service -> new Legacy(
                        service.getKey(),
                        awake.contains(service.getKey()),
                        service.getValue(),
                        connections.getOrDefault(service.getKey(), List.of())))
                .toList();
    }

    private void read(ReceivedMessage message) {
        Map<String, String> fields = fields(message);
        if (fields.containsKey("SERVICE")) {
            listeners.put(fields.get("SERVICE"), message.descriptors());
            if ("1".equals(fields.get("AWAKE"))) {
                awake.add(fields.get("SERVICE"));
            }
        }
        if (fields.containsKey("CONNECTIONS")) {
            List<CarriedConnection> known =
                    connections.computeIfAbsent(fields.get("CONNECTIONS"), _ -> new ArrayList<>());
            Iterator<Integer> descriptors = message.descriptors().iterator();
            for (char letter : fields.getOrDefault("FORMS", "").toCharArray()) {
                known.add(Form.of(letter).connection(descriptors));
            }
        }
    }

    private static int number(ReceivedMessage message) {
        Map<String, String> fields = fields(message);
        String version = fields.getOrDefault("VERSION", "");
        if (!version.equals(String.valueOf(LegacyWriter.VERSION))) {
            throw new SuccessionException("it is of version '" + version + "', not " + LegacyWriter.VERSION);
        }
        String number = fields.getOrDefault("NUMBER", "");
        if (!number.matches("[0-9]{1,9}")) {
            throw new SuccessionException("a message has no number");
        }
        return Integer.parseInt(number);
    }

    private static Map<String, String> fields(ReceivedMessage message) {
        Map<String, String> fields = new HashMap<>();
        for (String line : new String(message.content(), StandardCharsets.US_ASCII).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return fields;
    }
}
