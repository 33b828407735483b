package dev.dormouse.activator.status;

import dev.dormouse.activator.service.ServiceSnapshot;
import java.time.Duration;
import java.util.List;
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
     * @param state waking, awake, falling asleep, failed, listening or dormant
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
     * What the last wake spent its time on.
     *
     * @param unitMillis until systemd said that the unit is up; -1 if the container was ready before that was known
     * @param readyMillis until the container was ready
     */
    public record Wake(long unitMillis, long readyMillis) {}

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

    private static Service service(ServiceSnapshot snapshot) {
        List<Wake> lastWake = snapshot.lastWake().stream()
                .map(wake -> new Wake(
                        wake.unit().map(Duration::toMillis).orElse(UNKNOWN),
                        wake.ready().toMillis()))
                .toList();
        return new Service(snapshot.name(), snapshot.state(), snapshot.connections(), snapshot.held(), lastWake);
    }
}
