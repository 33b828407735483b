package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.error.EngineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code HostConfig.SecurityOpt}. */
final class SecurityFields {
    private SecurityFields() {}

    /** Whether {@code no-new-privileges} is asked for; whatever else asks for more than what happens anyway is refused. */
    static boolean noNewPrivileges(@Nullable List<String> options) {
        boolean wanted = false;
        for (String option : CreateRequest.list(options)) {
            switch (option.replaceFirst(":", "=")) {
                case "no-new-privileges", "no-new-privileges=true" -> wanted = true;
                case "no-new-privileges=false" -> wanted = false;
                // No filter, profile or label is put on a container by this engine.
                case "seccomp=unconfined", "apparmor=unconfined", "label=disable" -> {}
                default ->
                    // Not repeated: docker sends a profile's whole text.
                    throw new EngineException.NotImplemented("HostConfig.SecurityOpt: "
                            + option.split("[=:]", 2)[0].replaceAll("[^a-z-]", "?")
                            + " with this value is not supported by this engine: use no-new-privileges,"
                            + " seccomp=unconfined, apparmor=unconfined or label=disable");
            }
        }
        return wanted;
    }
}
