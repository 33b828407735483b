package dev.dormouse.activator.config;

import dev.dormouse.waitport.StatusRanges;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What must be seen before a held client is connected. */
public sealed interface Readiness {
    /** As {@link Health} if the container has a health check, else as {@link Listening}; decided at each wake. */
    record Auto() implements Readiness {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /** The container's own health check has succeeded. The prober sees to that, which is root. */
    record Health() implements Readiness {
        @Override
        public String toString() {
            return "health";
        }
    }

    /**
     * A command in the container has ended with 0. The prober sees to that.
     *
     * @param text for the container's shell, or a JSON list: the program and its arguments
     */
    record Command(String text) implements Readiness {
        @Override
        public String toString() {
            return "command:" + text;
        }
    }

    /**
     * The container has written a line that matches. The prober sees to that.
     *
     * @param expression a regular expression of Java's, looked for anywhere in a line
     */
    record LogLine(String expression) implements Readiness {
        @Override
        public String toString() {
            return "log:" + expression;
        }
    }

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
     * Reads {@code auto}, {@code health}, {@code listening}, {@code tcp}, {@code http:/path[,statuses]}, {@code command:…} or
     * {@code log:…}.
     *
     * @throws ConfigException if it is anything else
     */
    static Readiness parse(String text) {
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        return switch (colon < 0 ? text : text.substring(0, colon + 1)) {
            case "auto" -> new Auto();
            case "health" -> new Health();
            case "listening" -> new Listening();
            case "tcp" -> new Tcp();
            case "command:" -> new Command(CommandText.checked(rest));
            case "log:" -> new LogLine(expression(rest));
            case "http:" -> http(text, rest);
            default -> throw unknown(text);
        };
    }

    private static ConfigException unknown(String text) {
        return new ConfigException("'" + text + "' is no way to be ready: auto, health, listening, tcp,"
                + " http:/path[,statuses], command:COMMAND or log:REGEX");
    }

    private static String expression(String text) {
        try {
            if (text.isEmpty()) {
                throw new ConfigException("log: must be followed by a regular expression");
            }
            return Pattern.compile(text).pattern();
        } catch (PatternSyntaxException e) {
            throw new ConfigException("log: '" + text + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    private static Http http(String text, String rest) {
        if (!rest.startsWith("/")) {
            throw unknown(text);
        }
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
