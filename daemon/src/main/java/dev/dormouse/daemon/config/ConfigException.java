package dev.dormouse.daemon.config;

import java.util.List;

/** The configuration is wrong: each problem is one line that names the file or the flag, the key, and why. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String[] problems;

    public ConfigException(String problem) {
        this(List.of(problem));
    }

    /**
     * Several at once.
     *
     * @param problems at least one
     */
    public ConfigException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = problems.toArray(String[]::new);
    }

    /** All that is wrong, at least one line. */
    public List<String> problems() {
        return List.of(problems);
    }
}
