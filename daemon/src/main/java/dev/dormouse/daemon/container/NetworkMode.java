package dev.dormouse.daemon.container;

/**
 * {@code --network}: what a container was made with.
 *
 * @param name {@code bridge}, {@code host}, {@code none}, or a network's name or id as the client wrote it
 */
public record NetworkMode(String name) {
    public static final NetworkMode BRIDGE = new NetworkMode("bridge");
    public static final NetworkMode HOST = new NetworkMode("host");
    public static final NetworkMode NONE = new NetworkMode("none");

    /** Whether it has a network namespace of its own that can be on networks. */
    public boolean isBridged() {
        return !equals(HOST) && !equals(NONE);
    }

    @Override
    public String toString() {
        return name;
    }
}
