package dev.dormouse.daemon.container;

/** {@code --network}: the networks this engine has. */
public enum NetworkMode {
    BRIDGE,
    HOST,
    NONE;

    /** As Docker writes it: {@code bridge}. */
    public String lowerCase() {
        return switch (this) {
            case BRIDGE -> "bridge";
            case HOST -> "host";
            case NONE -> "none";
        };
    }
}
