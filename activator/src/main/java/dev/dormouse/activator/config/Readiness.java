package dev.dormouse.activator.config;

import dev.dormouse.waitport.StatusRanges;

/** What must be seen before a held client is connected. */
public sealed interface Readiness {
    /** Something listens on the port in the container's network namespace; no connection is made. */
    record Listening() implements Readiness {
        @Override
        public String toString() {
            return "listening";
        }
    }

    /** The port accepts a connection. */
    record Tcp() implements Readiness {
        @Override
        public String toString() {
            return "tcp";
        }
    }

    /**
     * A GET is answered with a wanted status.
     *
     * @param path from its first slash on
     * @param statusText as written: {@code 200-399}
     */
    record Http(String path, String statusText) implements Readiness {
        /** The statuses that count. */
        public StatusRanges statuses() {
            return StatusRanges.parse(statusText);
        }

        @Override
        public String toString() {
            return "http:" + path + "," + statusText;
        }
    }

    /**
     * Reads {@code listening}, {@code tcp} or {@code http:/path[,statuses]}.
     *
     * @throws ConfigException if it is anything else
     */
    static Readiness parse(String text) {
        if (text.equals("listening")) {
            return new Listening();
        }
        if (text.equals("tcp")) {
            return new Tcp();
        }
        if (!text.startsWith("http:/")) {
            throw new ConfigException("'" + text + "' is no way to be ready: listening, tcp or http:/path[,statuses]");
        }
        String rest = text.substring("http:".length());
        int comma = rest.indexOf(',');
        String path = comma < 0 ? rest : rest.substring(0, comma);
        String statuses = comma < 0 ? "200-399" : rest.substring(comma + 1);
        if (!path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#')) {
            throw new ConfigException("path of '" + text + "' must be percent-encoded, without blanks and '#'");
        }
        try {
            StatusRanges.parse(statuses);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("statuses of '" + text + "': " + e.getMessage(), e);
        }
        return new Http(path, statuses);
    }
}
