package dev.dormouse.daemon.config;

import tools.jackson.databind.JsonNode;

/** What the values of a key are, and how they are written in JSON. */
@FunctionalInterface
public interface ValueKind<T> {
    /**
     * The value that is written there.
     *
     * @throws ConfigException if it is none; the one problem says what is allowed, without the file and the key
     */
    T read(JsonNode json);
}
