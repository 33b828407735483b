package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** Answer of {@code GET /version}. */
public record VersionView(
        Platform platform,
        List<Component> components,
        String version,
        String apiVersion,
        @JsonProperty("MinAPIVersion") String minApiVersion,
        String gitCommit,
        String goVersion,
        String os,
        String arch,
        String kernelVersion,
        boolean experimental,
        String buildTime) {
    /** Whose engine. */
    public record Platform(String name) {}

    /** The engine, or a program that it uses. */
    public record Component(String name, String version, Map<String, String> details) {}
}
