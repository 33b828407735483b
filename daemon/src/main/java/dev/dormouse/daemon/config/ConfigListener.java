package dev.dormouse.daemon.config;

/** Does what a changed configuration asks for. */
@FunctionalInterface
public interface ConfigListener {
    /**
     * Works by this configuration from now on; may be told the one before again, when another listener failed.
     *
     * @throws RuntimeException if it cannot; it then goes on by the one before
     */
    void apply(DaemonConfig config);
}
