package dev.dormouse.proxy;

/**
 * What a listener has moved since it began; connections that go on are counted up to now.
 *
 * @param accepted clients
 * @param fromClients bytes
 * @param toClients bytes
 */
public record Traffic(long accepted, long fromClients, long toClients) {
    /** Nothing yet. */
    public static final Traffic NONE = new Traffic(0, 0, 0);

    /** Both together. */
    public Traffic plus(Traffic other) {
        return new Traffic(accepted + other.accepted, fromClients + other.fromClients, toClients + other.toClients);
    }
}
