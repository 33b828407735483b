package dev.dormouse.daemon.restart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code docker compose} writes on its containers (compose's {@code pkg/api/labels.go}).
 *
 * @param dependsOn {@code SERVICE:CONDITION:RESTART}, separated by commas
 */
record ComposeLabels(Service service, List<Needed> dependsOn) {
    private static final String PREFIX = "com.docker.compose.";

    /** A service of a project; it may have several containers. */
    record Service(String project, String name) {}

    /** One entry of {@code depends_on}. */
    record Needed(Service service, Dependency.Condition condition) {}

    /**
     * Reads a container's labels; absent if it is none of compose's.
     *
     * @param problems gets what is wrong with an entry, which then counts for nothing
     */
    static Optional<ComposeLabels> of(Map<String, String> labels, List<String> problems) {
        String project = labels.getOrDefault(PREFIX + "project", "");
        String name = labels.getOrDefault(PREFIX + "service", "");
        if (project.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        List<Needed> needed = new ArrayList<>();
        for (String entry : labels.getOrDefault(PREFIX + "depends_on", "").split(",", -1)) {
            if (!entry.isBlank()) {
                needed(project, entry.strip(), problems).ifPresent(needed::add);
            }
        }
        return Optional.of(new ComposeLabels(new Service(project, name), List.copyOf(needed)));
    }

    private static Optional<Needed> needed(String project, String entry, List<String> problems) {
        String[] parts = entry.split(":", -1);
        // As older versions of compose wrote it: the service alone.
        Optional<Dependency.Condition> condition = parts.length == 1
                ? Optional.of(Dependency.Condition.SERVICE_STARTED)
                : Dependency.Condition.of(parts[1]);
        if (parts[0].isEmpty() || parts.length > 3 || condition.isEmpty()) {
            problems.add("label " + PREFIX + "depends_on: '" + entry
                    + "' must be SERVICE:CONDITION:RESTART with condition service_started, service_healthy or"
                    + " service_completed_successfully");
            return Optional.empty();
        }
        return condition.map(known -> new Needed(new Service(project, parts[0]), known));
    }
}
