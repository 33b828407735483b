package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image, normalised as Docker does ({@code nginx} is {@code docker.io/library/nginx:latest}); grammar and errors are
 * those of its reference library (github.com/distribution/reference).
 *
 * @param domain the registry's host, with its port if it has one
 * @param path within the registry
 * @param tag absent where there is a digest, and of a repository
 * @param digest {@code algorithm:digits}, if one was given
 */
record ImageReference(String domain, String path, Optional<String> tag, Optional<String> digest)
        implements Comparable<ImageReference> {
    private static final String DEFAULT_DOMAIN = "docker.io";
    private static final String OFFICIAL = "library/";
    private static final String DEFAULT_TAG = "latest";
    private static final int LONGEST_NAME = 255;
    /** Name, tag and digest at their longest: what is longer is not looked at. */
    private static final int LONGEST = 1024;

    private static final String DOMAIN_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final Pattern DOMAIN =
            Pattern.compile("(?:" + DOMAIN_LABEL + "(?:\\." + DOMAIN_LABEL + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]+)?");
    private static final String COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
    private static final Pattern TAG_FORM = Pattern.compile(TAG);
    private static final String DIGEST = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
    private static final Pattern DIGEST_FORM = Pattern.compile(DIGEST);
    private static final Pattern REMAINDER = Pattern.compile("(?<path>" + COMPONENT + "(?:/" + COMPONENT + ")*)"
            + "(?::(?<tag>" + TAG + "))?"
            + "(?:@(?<digest>" + DIGEST + "))?");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");

    /**
     * Reads {@code [host[:port]/]path[:tag][@digest]}; without tag and digest the tag is {@code latest}.
     *
     * @throws EngineException.InvalidParameter with Docker's text
     */
    static ImageReference parse(String text) {
        if (IDENTIFIER.matcher(text).matches()) {
            throw new EngineException.InvalidParameter(
                    "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings");
        }
        if (text.length() > LONGEST) {
            throw invalid();
        }
        Split split = Split.of(text);
        String name = split.remainder().split("[:@]", 2)[0];
        if (!name.toLowerCase(Locale.ROOT).equals(name)) {
            throw new EngineException.InvalidParameter(
                    "invalid reference format: repository name (" + name + ") must be lowercase");
        }
        Matcher remainder = REMAINDER.matcher(split.remainder());
        if (!DOMAIN.matcher(split.domain()).matches() || !remainder.matches()) {
            throw invalid();
        }
        String path = remainder.group("path");
        if (split.domain().length() + 1 + path.length() > LONGEST_NAME) {
            throw new EngineException.InvalidParameter(
                    "repository name must not be more than " + LONGEST_NAME + " characters");
        }
        Optional<String> digest = Optional.ofNullable(remainder.group("digest"));
        Optional<String> tag = Optional.ofNullable(remainder.group("tag"))
                .or(() -> digest.isPresent() ? Optional.empty() : Optional.of(DEFAULT_TAG));
        return new ImageReference(split.domain(), path, tag, digest);
    }

    /**
     * The name that {@code docker tag}, {@code import} or an archive gives an image.
     *
     * @param tag empty: the repository's own, or {@code latest}
     * @throws EngineException.InvalidParameter with Docker's text
     */
    static ImageReference toGive(String repository, String tag) {
        ImageReference named = parse(repository);
        if (named.digest().isPresent()) {
            throw new EngineException.InvalidParameter("refusing to create a tag with a digest reference");
        }
        if (tag.isEmpty()) {
            return named;
        }
        if (!TAG_FORM.matcher(tag).matches()) {
            throw new EngineException.InvalidParameter("invalid tag format");
        }
        return new ImageReference(named.domain(), named.path(), Optional.of(tag), Optional.empty());
    }

    /**
     * The name that {@code docker pull} wants.
     *
     * @param tag a tag or a digest that counts instead of the image's; empty: the image's own, of which the digest counts if it has both
     * @throws EngineException.InvalidParameter with Docker's text
     * @throws EngineException.NotImplemented if there is neither tag nor digest, which means all tags
     */
    static ImageReference toPull(String image, String tag) {
        // docker pull --all-tags sends the name with a colon behind it.
        ImageReference named = parse(image.endsWith(":") ? image.substring(0, image.length() - 1) : image);
        if (tag.isEmpty()) {
            String given = ":" + named.tag().orElse("");
            if (named.digest().isEmpty() && !image.endsWith(given)) {
                throw new EngineException.NotImplemented(
                        "pulling all tags of a repository is not implemented: give a tag");
            }
            return named.digest().map(named::withDigest).orElse(named);
        }
        if (DIGEST_FORM.matcher(tag).matches()) {
            return named.withDigest(tag);
        }
        if (!TAG_FORM.matcher(tag).matches()) {
            throw new EngineException.InvalidParameter("invalid tag format");
        }
        return new ImageReference(named.domain(), named.path(), Optional.of(tag), Optional.empty());
    }

    /** Without tag and digest. */
    ImageReference repository() {
        return new ImageReference(domain, path, Optional.empty(), Optional.empty());
    }

    /** The same repository's content of this digest. */
    ImageReference withDigest(String other) {
        return new ImageReference(domain, path, Optional.empty(), Optional.of(other));
    }

    /** Whether it is the name of the image that cannot be (a Dockerfile's empty base). */
    boolean isReserved() {
        return domain.equals(DEFAULT_DOMAIN) && path.equals(OFFICIAL + "scratch");
    }

    /** In full: {@code docker.io/library/nginx:latest}. */
    String canonical() {
        return domain + "/" + path + suffix();
    }

    /** As users write it: {@code nginx:latest}. */
    String familiar() {
        if (!domain.equals(DEFAULT_DOMAIN)) {
            return canonical();
        }
        String official = path.startsWith(OFFICIAL) ? path.substring(OFFICIAL.length()) : path;
        return (official.contains("/") ? path : official) + suffix();
    }

    /** By the full form. */
    @Override
    public int compareTo(ImageReference other) {
        return canonical().compareTo(other.canonical());
    }

    @Override
    public String toString() {
        return canonical();
    }

    private String suffix() {
        return tag.map(value -> ":" + value).orElse("")
                + digest.map(value -> "@" + value).orElse("");
    }

    private static EngineException invalid() {
        return new EngineException.InvalidParameter("invalid reference format");
    }

    /** Where the host ends: the first part is one if it could not be a repository's name. */
    private record Split(String domain, String remainder) {
        static Split of(String text) {
            int slash = text.indexOf('/');
            if (slash < 0) {
                return new Split(DEFAULT_DOMAIN, OFFICIAL + text);
            }
            String first = text.substring(0, slash);
            String rest = text.substring(slash + 1);
            boolean hub = first.equals(DEFAULT_DOMAIN) || first.equals("index.docker.io");
            if (!hub && isHost(first)) {
                return new Split(first, rest);
            }
            String remainder = hub ? rest : text;
            return new Split(DEFAULT_DOMAIN, remainder.contains("/") ? remainder : OFFICIAL + remainder);
        }

        private static boolean isHost(String first) {
            return first.equals("localhost")
                    || first.contains(".")
                    || first.contains(":")
                    || !first.toLowerCase(Locale.ROOT).equals(first);
        }
    }
}
