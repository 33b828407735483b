package dev.dormouse.activator.service;

import dev.dormouse.activator.config.Relations;
import dev.dormouse.activator.config.RestRules;
import dev.dormouse.activator.config.ServiceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a service's file said when it was last read, and what holds until then. Used by tasks of the agenda only. */
final class Declared {
    private static final Duration DEFAULT_IDLE = Duration.ofMinutes(10);
    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);

    private final String name;
    private Optional<ServiceConfig> config = Optional.empty();

    Declared(String name) {
        this.name = name;
    }

    void become(ServiceConfig read) {
        config = Optional.of(read);
    }

    String container() {
        return config.map(ServiceConfig::container).orElse(name);
    }

    /** Services that it needs to be awake. */
    List<String> after() {
        return config.map(known -> known.relations().after()).orElse(List.of());
    }

    /** Whether it lets in some clients only. */
    boolean isFiltered() {
        return config.filter(known -> !known.edge().filter().isEmpty()).isPresent();
    }

    Duration idle() {
        return config.map(ServiceConfig::idle).orElse(DEFAULT_IDLE);
    }

    /** Until the first thing that is done when nobody is connected: it is frozen, or else stopped. */
    Duration firstStage() {
        return rest().freeze().orElse(idle());
    }

    Duration deadline() {
        return config.map(ServiceConfig::deadline).orElse(DEFAULT_DEADLINE);
    }

    Duration minAwake() {
        return config.map(known -> known.relations().minAwake()).orElse(Duration.ZERO);
    }

    RestRules rest() {
        return config.map(ServiceConfig::rest).orElse(RestRules.NONE);
    }

    /** Whether two services have the container or the group in common, and so sleep together. */
    boolean sleepsWith(Declared other) {
        return container().equals(other.container()) || (group().isPresent() && group().equals(other.group()));
    }

    private Optional<String> group() {
        return config.map(ServiceConfig::relations).flatMap(Relations::group);
    }
}
