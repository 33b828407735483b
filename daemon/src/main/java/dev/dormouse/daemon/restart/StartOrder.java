package dev.dormouse.daemon.restart;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.spec.ContainerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which containers are started after which.
 *
 * @param dependencies of each container, without cycles
 * @param problems what was left out, and why: labels that cannot be read, the dependency that closed a cycle
 */
record StartOrder(Map<ContainerId, List<Dependency>> dependencies, List<String> problems) {
    /** The order of these containers, which may depend on each other only. */
    static StartOrder of(List<ContainerRecord> containers) {
        List<String> problems = new ArrayList<>();
        Map<ContainerId, ComposeLabels> labels = new LinkedHashMap<>();
        Map<ComposeLabels.Service, List<ContainerRecord>> services = new HashMap<>();
        for (ContainerRecord container : containers) {
            List<String> own = new ArrayList<>();
            ComposeLabels.of(container.config().labels(), own).ifPresent(read -> {
                labels.put(container.id(), read);
                services.computeIfAbsent(read.service(), _ -> new ArrayList<>()).add(container);
            });
            own.forEach(problem -> problems.add("container " + container.name() + ": " + problem));
        }
        Map<ContainerId, List<Dependency>> dependencies = new LinkedHashMap<>();
        for (ContainerRecord container : containers) {
            List<Dependency> mine = new ArrayList<>();
            if (labels.containsKey(container.id())) {
                for (ComposeLabels.Needed needed : labels.get(container.id()).dependsOn()) {
                    services.getOrDefault(needed.service(), List.of())
                            .forEach(on -> mine.add(new Dependency(on.id(), needed.condition())));
                }
            }
            dependencies.put(container.id(), mine);
        }
        new Cycles(containers, dependencies, problems).breakAll();
        return new StartOrder(dependencies, problems);
    }

    /** Takes away the dependency that closes a cycle, so that nobody waits for itself. */
    private static final class Cycles {
        private final Map<ContainerId, String> names = new LinkedHashMap<>();
        private final Map<ContainerId, List<Dependency>> dependencies;
        private final List<String> problems;
        private final Set<ContainerId> done = new LinkedHashSet<>();

        private Cycles(
                List<ContainerRecord> containers,
                Map<ContainerId, List<Dependency>> dependencies,
                List<String> problems) {
            containers.forEach(container -> names.put(container.id(), container.name()));
            this.dependencies = dependencies;
            this.problems = problems;
        }

        private void breakAll() {
            names.keySet().forEach(id -> visit(id, new ArrayDeque<>()));
        }

        private void visit(ContainerId id, Deque<ContainerId> path) {
            if (done.contains(id)) {
                return;
            }
            path.addLast(id);
            List<Dependency> kept = new ArrayList<>();
            for (Dependency dependency : dependencies.getOrDefault(id, List.of())) {
                if (path.contains(dependency.on())) {
                    problems.add("containers depend on each other in a circle: " + circle(path, dependency.on())
                            + "; the last of these dependencies is ignored");
                } else {
                    visit(dependency.on(), path);
                    kept.add(dependency);
                }
            }
            dependencies.put(id, List.copyOf(kept));
            path.removeLast();
            done.add(id);
        }

        private String circle(Deque<ContainerId> path, ContainerId again) {
            List<String> circle = new ArrayList<>();
            path.stream()
                    .dropWhile(id -> !id.equals(again))
                    .map(id -> names.getOrDefault(id, ""))
                    .forEach(circle::add);
            circle.add(names.getOrDefault(again, ""));
            return String.join(" -> ", circle);
        }
    }
}
