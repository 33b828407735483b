package dev.dormouse.daemon.api.wire;

import dev.dormouse.daemon.container.RestartPolicy;
import org.jspecify.annotations.Nullable;

/** {@code RestartPolicy} of a {@code HostConfig}, an update and an inspect. */
public record RestartPolicyBody(
        @Nullable String name, @Nullable Integer maximumRetryCount) {
    /** A container's. */
    static RestartPolicyBody of(RestartPolicy policy) {
        return new RestartPolicyBody(policy.kind().word(), policy.maximumRetries());
    }
}
