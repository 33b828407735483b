package dev.dormouse.proxy;

/** What became of a datagram that has not reached its end. The words are in metrics, so they do not change. */
public enum Loss {
    /** More were held for a container that wakes than may be. */
    HELD_OVER("held_over"),
    /** It was held, and its container did not wake, or its socket was given up. */
    UNSERVED("unserved"),
    /** There was no room, or no descriptor, for one session more. */
    CROWDED("crowded"),
    /** The container, or the way to it, answered by an ICMP error. */
    REFUSED("refused"),
    /** The kernel did not take it: a full queue, a size or an address that it refuses. */
    UNSENT("unsent"),
    /** Longer than UDP allows, as an IPv6 jumbogram may be. */
    OVERSIZE("oversize");

    private final String word;

    Loss(String word) {
        this.word = word;
    }

    /** Its label. */
    public String word() {
        return word;
    }
}
