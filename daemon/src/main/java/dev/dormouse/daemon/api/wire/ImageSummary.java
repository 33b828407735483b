package dev.dormouse.daemon.api.wire;

import dev.dormouse.daemon.image.Image;
import java.util.List;
import java.util.Map;

/** One line of {@code GET /images/json}. */
public record ImageSummary(
        int containers,
        long created,
        String id,
        Map<String, String> labels,
        String parentId,
        List<String> repoDigests,
        List<String> repoTags,
        long sharedSize,
        long size) {
    /** An image as a list shows it; what would need a count is -1, as in dockerd's answer to a plain list. */
    public static ImageSummary of(Image image) {
        return new ImageSummary(
                -1,
                Math.max(0, image.created().getEpochSecond()),
                image.id().toString(),
                image.config().labels(),
                "",
                image.digests(),
                image.tags(),
                -1,
                image.size());
    }
}
