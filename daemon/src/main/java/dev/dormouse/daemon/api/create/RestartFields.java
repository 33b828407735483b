package dev.dormouse.daemon.api.create;

import static dev.dormouse.daemon.api.create.CreateRequest.invalid;

import dev.dormouse.daemon.api.wire.RestartPolicyBody;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.error.EngineException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The restart policy, by dockerd's rules (moby, container.ValidateRestartPolicy). */
final class RestartFields {
    static final Set<String> KNOWN = Set.of("Name", "MaximumRetryCount");

    private RestartFields() {}

    /**
     * A policy; none if there is no body, or it names none.
     *
     * @param field for messages
     */
    static RestartPolicy policy(String field, @Nullable RestartPolicyBody body) {
        if (body == null) {
            return RestartPolicy.NO;
        }
        String word = CreateRequest.text(body.name());
        RestartPolicy.Kind kind = word.isEmpty()
                ? RestartPolicy.Kind.NO
                : RestartPolicy.Kind.of(word)
                        .orElseThrow(() -> invalid(field + ".Name", "no, always, unless-stopped or on-failure", word));
        int retries = body.maximumRetryCount() == null ? 0 : body.maximumRetryCount();
        if (retries < 0) {
            throw new EngineException.InvalidParameter("invalid restart policy: " + field
                    + ".MaximumRetryCount cannot be negative: " + retries + "; 0 is for no maximum");
        }
        if (retries > 0 && kind != RestartPolicy.Kind.ON_FAILURE) {
            throw new EngineException.InvalidParameter("invalid restart policy: " + field
                    + ".MaximumRetryCount can only be used with the restart policy 'on-failure', not '" + kind.word()
                    + "'");
        }
        return new RestartPolicy(kind, retries);
    }
}
