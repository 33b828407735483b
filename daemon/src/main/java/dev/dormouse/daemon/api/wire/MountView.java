package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.container.BindMount;
import dev.dormouse.daemon.container.HostConfig;
import java.util.List;

/** One of {@code Mounts}. */
public record MountView(
        String type,
        String source,
        String destination,
        String mode,
        @JsonProperty("RW") boolean rw,
        String propagation) {
    /** A container's bind mounts; like dockerd's, the list has no tmpfs of {@code --tmpfs}. */
    public static List<MountView> of(HostConfig config) {
        return config.binds().stream().map(MountView::of).toList();
    }

    private static MountView of(BindMount bind) {
        return new MountView(
                "bind", bind.source(), bind.target(), bind.readOnly() ? "ro" : "", !bind.readOnly(), "rprivate");
    }
}
