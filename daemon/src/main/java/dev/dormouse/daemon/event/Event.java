package dev.dormouse.daemon.event;

import java.time.Instant;
import java.util.Map;

/**
 * One event of {@code GET /events}.
 *
 * @param type {@code container}, {@code image}, {@code network} or {@code daemon}
 * @param action Docker's word: {@code start}, {@code die}, {@code kill}, …
 * @param id of the thing: a container's full id, an image's id
 * @param attributes what filters look at: {@code name}, {@code image}, {@code exitCode}, {@code signal}, the container's labels
 */
public record Event(String type, String action, String id, Map<String, String> attributes, Instant time) {
    /** Whether both tell of the same thing at the same instant, in whatever words. */
    boolean isSameHappening(Event other) {
        return type.equals(other.type) && action.equals(other.action) && id.equals(other.id) && time.equals(other.time);
    }
}
