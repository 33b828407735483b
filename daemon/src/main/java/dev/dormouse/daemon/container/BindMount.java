package dev.dormouse.daemon.container;

/**
 * {@code --volume /host:/container[:ro]} or {@code --mount type=bind}.
 *
 * @param source absolute path on the host
 * @param target absolute path in the container
 */
public record BindMount(String source, String target, boolean readOnly) {}
