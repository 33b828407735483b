package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.lifecycle.Execs;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answer of {@code GET /exec/{id}/json}. */
public record ExecView(
        @JsonProperty("ID") String id,
        boolean running,
        @JsonInclude @Nullable Integer exitCode,
        ProcessView processConfig,
        boolean openStdin,
        boolean openStderr,
        boolean openStdout,
        boolean canRemove,
        @JsonProperty("ContainerID") String containerId,
        String detachKeys,
        long pid) {
    /** An exec as clients see it. */
    public static ExecView of(Execs.State exec) {
        ExecConfig config = exec.config();
        return new ExecView(
                exec.id(),
                exec.running(),
                exec.exitCode().isPresent() ? exec.exitCode().getAsInt() : null,
                ProcessView.of(config),
                config.attached().stdin(),
                config.attached().stderr(),
                config.attached().stdout(),
                false,
                exec.container().value(),
                Base64.getEncoder().encodeToString(config.detachKeys()),
                exec.pid());
    }

    /** {@code ProcessConfig}, whose names begin with small letters. */
    public record ProcessView(
            @JsonProperty("tty") boolean tty,
            @JsonProperty("entrypoint") String entrypoint,
            @JsonProperty("arguments") List<String> arguments,
            @JsonProperty("privileged") boolean privileged,
            @JsonProperty("user") @Nullable String user) {
        static ProcessView of(ExecConfig config) {
            return new ProcessView(
                    config.terminal(),
                    config.command().getFirst(),
                    config.command().subList(1, config.command().size()),
                    config.privileged(),
                    config.user().isEmpty() ? null : config.user());
        }
    }
}
