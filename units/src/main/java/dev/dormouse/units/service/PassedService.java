package dev.dormouse.units.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A service whose container is passed the listening sockets themselves, by {@code LISTEN_FDS}: systemd starts the container at a connection,
 * and nothing of Dormouse's is between it and its clients (decision 19).
 *
 * @param name of the service: the instance of its socket, and the name of each of its descriptors
 * @param container that has the sockets while it runs
 */
public record PassedService(
        String name, String container, ServiceDeclaration.Front front, ServiceDeclaration.Origin origin)
        implements Declaration {
    /** Sockets that a container may be passed: {@code container-run}. */
    public static final int MOST_SOCKETS = 6;

    /** The fields of its file besides those of where it listens and who declared it. */
    public static final String FIELD = "pass";

    /** Why an option, a label or a field of another service is none of this one; its name comes before. */
    public static final String REFUSAL =
            " does not go with pass: the container has the listening sockets itself, and nothing is between it and its"
                    + " clients that could see to that";

    private static final int SCHEMA = 1;

    /** @throws DeclarationException if a name is none, or it has more sockets than can be passed */
    public PassedService {
        ServiceNames.checked(name);
        ServiceNames.checked(container);
        checkSockets(container, front.sockets());
    }

    /**
     * Checks how many sockets a container is to be passed by all its services.
     *
     * @throws DeclarationException if they are more than {@link #MOST_SOCKETS}
     */
    public static void checkSockets(String container, int sockets) {
        if (sockets > MOST_SOCKETS) {
            throw new DeclarationException("container " + container + " would be passed " + sockets + " sockets: "
                    + MOST_SOCKETS + " are the most");
        }
    }

    @Override
    public List<String> after() {
        return List.of();
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", SCHEMA);
        fields.put("name", name);
        fields.put("container", container);
        fields.put("declaredBy", origin.by().word());
        origin.containerId().ifPresent(id -> fields.put("containerId", id));
        fields.put("listen", front.listen().stream().map(ListenAddress::text).toList());
        fields.putAll(front.access().fields());
        fields.put(FIELD, true);
        return fields;
    }
}
