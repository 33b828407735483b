package dev.dormouse.daemon.api;

import dev.dormouse.daemon.image.Image;
import dev.dormouse.daemon.image.Images;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Filters of {@code GET /images/json}. */
record ImageFilter(Filters filters, Optional<Boolean> dangling, Optional<Instant> before, Optional<Instant> since)
        implements Predicate<Image> {
    private static final Set<String> ALLOWED = Set.of("reference", "dangling", "label", "before", "since");

    static ImageFilter of(Call call, Images images) {
        Filters filters = Filters.of(call, ALLOWED);
        return new ImageFilter(
                filters, filters.flag("dangling"), moment(filters, "before", images), moment(filters, "since", images));
    }

    private static Optional<Instant> moment(Filters filters, String key, Images images) {
        return filters.all(key).stream()
                .findFirst()
                .map(reference -> images.get(reference).created());
    }

    @Override
    public boolean test(Image image) {
        return dangling.map(wanted -> wanted
                                == (image.tags().isEmpty() && image.digests().isEmpty()))
                        .orElse(true)
                && before.map(moment -> image.created().isBefore(moment)).orElse(true)
                && since.map(moment -> image.created().isAfter(moment)).orElse(true)
                && filters.labels(image.config().labels())
                && filters.any("reference", pattern -> image.tags().stream().anyMatch(tag -> matches(pattern, tag)));
    }

    /** A shell's pattern, for the name with its tag or without; a star does not go past a slash. */
    private static boolean matches(String pattern, String tag) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("{", "\\{"));
        return matcher.matches(Path.of(tag)) || matcher.matches(Path.of(tag.substring(0, tag.lastIndexOf(':'))));
    }
}
