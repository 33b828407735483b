package dev.dormouse.daemon.shutdown;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.spec.ContainerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which containers need which others, by Compose's labels: {@code com.docker.compose.depends_on} is a list of
 * {@code service:condition:restart}, each service being all containers of the same project with that name (compose-go, labels.go).
 */
public final class Dependencies {
    /** Compose's labels. */
    public static final String PROJECT = "com.docker.compose.project";

    /** Of which the first two name a container's service. */
    public static final String SERVICE = "com.docker.compose.service";

    /** And this one what it needs. */
    public static final String DEPENDS_ON = "com.docker.compose.depends_on";

    private static final Logger LOG = LoggerFactory.getLogger(Dependencies.class);

    private final Map<ContainerId, ContainerRecord> containers = new LinkedHashMap<>();
    private final Map<ContainerId, Set<ContainerId>> needs = new HashMap<>();

    private record Service(String project, String name) {}

    private Dependencies() {}

    /** The dependencies of these containers on each other. */
    public static Dependencies of(Collection<ContainerRecord> among) {
        Dependencies found = new Dependencies();
        Map<Service, Set<ContainerId>> services = new HashMap<>();
        among.stream().sorted(Comparator.comparing(ContainerRecord::name)).forEach(container -> {
            found.containers.put(container.id(), container);
            Map<String, String> labels = container.config().labels();
            if (labels.containsKey(PROJECT) && labels.containsKey(SERVICE)) {
                Service service = new Service(labels.get(PROJECT), labels.get(SERVICE));
                services.computeIfAbsent(service, _ -> new HashSet<>()).add(container.id());
            }
        });
        found.containers.values().forEach(container -> found.needs.put(container.id(), needed(container, services)));
        return found;
    }

    private static Set<ContainerId> needed(ContainerRecord container, Map<Service, Set<ContainerId>> services) {
        Map<String, String> labels = container.config().labels();
        Set<ContainerId> needed = new HashSet<>();
        for (String need : labels.getOrDefault(DEPENDS_ON, "").split(",", -1)) {
            String service = need.strip().split(":", 2)[0];
            needed.addAll(services.getOrDefault(new Service(labels.getOrDefault(PROJECT, ""), service), Set.of()));
        }
        needed.remove(container.id());
        return needed;
    }

    /**
     * The containers in the order in which they may be stopped: those that no other needs first, then those that only they need, and so
     * on. Where some need each other in a circle, it is cut at one of them, and that is logged.
     */
    public List<List<ContainerRecord>> levels() {
        Map<ContainerId, ContainerRecord> left = new LinkedHashMap<>(containers);
        List<List<ContainerRecord>> levels = new ArrayList<>();
        while (!left.isEmpty()) {
            Set<ContainerId> needed = new HashSet<>();
            left.keySet().forEach(id -> needed.addAll(needs.getOrDefault(id, Set.of())));
            List<ContainerRecord> level = left.values().stream()
                    .filter(container -> !needed.contains(container.id()))
                    .toList();
            if (level.isEmpty()) {
                ContainerRecord first = left.values().iterator().next();
                LOG.warn("containers depend on each other in a circle: it is cut at {}", first.name());
                level = List.of(first);
            }
            level.forEach(container -> left.remove(container.id()));
            levels.add(level);
        }
        return levels;
    }

    /** What each container is to be stopped before: those that it needs, without what would close a circle. */
    public Map<ContainerRecord, List<ContainerRecord>> stoppedBefore() {
        Map<ContainerId, Integer> level = new HashMap<>();
        List<List<ContainerRecord>> levels = levels();
        for (int i = 0; i < levels.size(); i++) {
            for (ContainerRecord container : levels.get(i)) {
                level.put(container.id(), i);
            }
        }
        Map<ContainerRecord, List<ContainerRecord>> before = new LinkedHashMap<>();
        containers.forEach((id, container) -> {
            List<ContainerRecord> needed = containers.values().stream()
                    .filter(other -> needs.getOrDefault(id, Set.of()).contains(other.id()))
                    .filter(other -> level.getOrDefault(other.id(), 0) > level.getOrDefault(id, 0))
                    .toList();
            if (!needed.isEmpty()) {
                before.put(container, needed);
            }
        });
        return before;
    }
}
