package dev.dormouse.activator.status;

import dev.dormouse.activator.service.ServiceSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code /run/dormouse/activator/status} says.
 *
 * @param services what is held, by name
 */
public record StatusDocument(int schema, List<Service> services) {
    private static final int SCHEMA = 1;
    private static final long UNKNOWN = -1;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    public StatusDocument {
        services = List.copyOf(services);
    }

    /**
     * One service.
     *
     * @param state waking, awake, frozen, falling asleep, failed, listening or dormant
     * @param connections clients that are held or connected
     * @param held those of them that wait for the container
     * @param lastWake absent before the first
     */
    public record Service(String name, String state, int connections, int held, List<Wake> lastWake) {
        public Service {
            lastWake = List.copyOf(lastWake);
        }
    }

    /**
     * How long the last wake took, each time from its beginning.
     *
     * @param queueMillis until it had a slot
     * @param createMillis until the container had been created; -1 if that is not known
     * @param unitMillis until systemd took the unit for up; -1 if that is not known
     * @param readyMillis until the container was ready
     * @param firstByteMillis until a client that waited had the first byte; -1 if none had, or not within a second
     */
    public record Wake(long queueMillis, long createMillis, long unitMillis, long readyMillis, long firstByteMillis) {}

    static StatusDocument of(List<ServiceSnapshot> snapshots) {
        return new StatusDocument(
                SCHEMA, snapshots.stream().map(StatusDocument::service).toList());
    }

    /**
     * Reads a document.
     *
     * @throws tools.jackson.core.JacksonException if it is none
     */
    public static StatusDocument parse(byte[] json) {
        return MAPPER.readValue(json, StatusDocument.class);
    }

    byte[] json() {
        return MAPPER.writeValueAsBytes(this);
    }

    private static long millis(Optional<Duration> time) {
        return time.map(Duration::toMillis).orElse(UNKNOWN);
    }

    private static Service service(ServiceSnapshot snapshot) {
        List<Wake> lastWake = snapshot.lastWake().stream()
                .map(wake -> new Wake(
                        wake.queue().toMillis(),
                        millis(wake.create()),
                        millis(wake.unit()),
                        wake.ready().toMillis(),
                        millis(wake.firstByte())))
                .toList();
        return new Service(snapshot.name(), snapshot.state(), snapshot.connections(), snapshot.held(), lastWake);
    }
}
