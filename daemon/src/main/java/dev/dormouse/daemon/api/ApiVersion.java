package dev.dormouse.daemon.api;

import dev.dormouse.daemon.error.EngineException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the Docker Engine API: {@code 1.44}. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    /** The oldest that clients may ask for. */
    public static final ApiVersion MINIMUM = new ApiVersion(1, 44);
    /** The newest, and what a request without a version gets. */
    public static final ApiVersion MAXIMUM = new ApiVersion(1, 47);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    /**
     * What a client asked for.
     *
     * @throws EngineException.InvalidParameter with dockerd's texts, which clients show
     */
    static ApiVersion parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new EngineException.InvalidParameter("API version must look like " + MAXIMUM + ": " + text);
        }
        ApiVersion version = new ApiVersion(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
        if (version.compareTo(MINIMUM) < 0) {
            throw new EngineException.InvalidParameter(
                    "client version " + version + " is too old. Minimum supported API version is " + MINIMUM
                            + ", please upgrade your client to a newer version");
        }
        if (version.compareTo(MAXIMUM) > 0) {
            throw new EngineException.InvalidParameter(
                    "client version " + version + " is too new. Maximum supported API version is " + MAXIMUM);
        }
        return version;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return Comparator.comparingInt(ApiVersion::major)
                .thenComparingInt(ApiVersion::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
