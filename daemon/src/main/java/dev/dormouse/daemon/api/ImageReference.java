package dev.dormouse.daemon.api;

import dev.dormouse.daemon.error.EngineException;
import java.util.regex.Pattern;

/**
 * An image's name in two halves.
 *
 * @param repository {@code nginx}, {@code localhost:5000/team/app}
 * @param tag {@code latest} where none was given
 */
record ImageReference(String repository, String tag) {
    private static final Pattern REPOSITORY =
            Pattern.compile("([a-zA-Z0-9][a-zA-Z0-9.-]*(:\\d{1,5})?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final int LONGEST = 255;

    /** {@code repo[:tag]} as two parameters send it, the tag in either. */
    static ImageReference of(String repository, String tag) {
        int colon = repository.lastIndexOf(':');
        boolean tagged = colon > repository.lastIndexOf('/');
        if (tagged && !tag.isEmpty()) {
            throw new EngineException.InvalidParameter("the image's name has two tags: " + repository + " and " + tag);
        }
        String bare = tagged ? repository.substring(0, colon) : repository;
        String given = tagged ? repository.substring(colon + 1) : tag;
        ImageReference reference = new ImageReference(bare, given.isEmpty() ? "latest" : given);
        if (bare.length() > LONGEST || !REPOSITORY.matcher(bare).matches()) {
            throw new EngineException.InvalidParameter(
                    "invalid reference format: a repository has lower-case letters, digits,"
                            + " separators and slashes: '" + bare + "'");
        }
        if (!TAG.matcher(reference.tag()).matches()) {
            throw new EngineException.InvalidParameter("invalid tag format: '" + reference.tag() + "'");
        }
        return reference;
    }

    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
