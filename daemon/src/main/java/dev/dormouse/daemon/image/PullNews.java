package dev.dormouse.daemon.image;

/** What a client is told of a pull, in dockerd's words. */
public sealed interface PullNews {
    /** What was done, in one line. */
    String status();

    /**
     * Of the pull.
     *
     * @param subject the tag or digest; empty: the whole
     */
    record Whole(String subject, String status) implements PullNews {}

    /**
     * Of a layer: it has come to another stage.
     *
     * @param layer abbreviated digest
     */
    record Stage(String layer, String status) implements PullNews {}

    /**
     * Of a layer: how far the stage is.
     *
     * @param layer abbreviated digest
     * @param current bytes, of {@code total}
     */
    record Progress(String layer, String status, long current, long total) implements PullNews {}
}
