package dev.dormouse.daemon.config;

import java.util.List;
import java.util.Optional;

/** Settings of one source; what is absent there may be in the other. */
public record ConfigSettings(
        List<ListenAddress> hosts, Optional<String> group, Optional<Boolean> debug, Optional<Boolean> noAutostart) {
    /** Nothing set. */
    public static final ConfigSettings NONE =
            new ConfigSettings(List.of(), Optional.empty(), Optional.empty(), Optional.empty());
}
