package dev.dormouse.daemon.config;

/** The configuration is wrong: the message names the file or the flag, the key, and why; one line. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
