package dev.dormouse.units.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** In which order services that need each other wake. */
public final class DependencyOrder {
    private DependencyOrder() {}

    /**
     * Refuses a service that would, through those it is to be woken after, need itself.
     *
     * @param after those that it is to be woken after
     * @param others what a service that is there already is woken after; empty for one that is not there
     * @throws DeclarationException naming the circle
     */
    public static void refuseCycle(String name, List<String> after, Function<String, List<String>> others) {
        Function<String, List<String>> all = service -> service.equals(name) ? after : others.apply(service);
        walk(name, new ArrayList<>(), new HashSet<>(), all, new ArrayList<>());
    }

    /** Services with all that they need, each after what it needs. */
    public static List<String> closure(List<String> names, Function<String, List<String>> after) {
        List<String> ordered = new ArrayList<>();
        Set<String> done = new HashSet<>();
        names.forEach(name -> walk(name, new ArrayList<>(), done, after, ordered));
        return ordered;
    }

    private static void walk(
            String name,
            List<String> path,
            Set<String> done,
            Function<String, List<String>> after,
            List<String> order) {
        if (path.contains(name)) {
            List<String> circle = new ArrayList<>(path.subList(path.indexOf(name), path.size()));
            circle.add(name);
            throw new DeclarationException(
                    "services cannot wait for each other in a circle: " + String.join(" after ", circle));
        }
        if (done.contains(name)) {
            return;
        }
        path.add(name);
        for (String other : after.apply(name)) {
            walk(other, path, done, after, order);
        }
        path.removeLast();
        done.add(name);
        order.add(name);
    }
}
