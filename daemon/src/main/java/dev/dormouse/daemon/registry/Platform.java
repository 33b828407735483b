package dev.dormouse.daemon.registry;

import dev.dormouse.daemon.error.EngineException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an image is made for, in the normal form of containerd's platforms package: {@code amd64} and not {@code x86_64}, no variant where
 * it is the usual one.
 *
 * @param variant empty: none, or the usual one
 */
public record Platform(String os, String architecture, String variant) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    public Platform {
        String given = architecture.toLowerCase(Locale.ROOT);
        os = os.toLowerCase(Locale.ROOT);
        architecture = normalArchitecture(given);
        variant = normalVariant(given, architecture, variant.toLowerCase(Locale.ROOT));
    }

    /** This machine's. */
    public static Platform ofThisMachine() {
        return new Platform("linux", System.getProperty("os.arch"), "");
    }

    /**
     * Reads {@code os/architecture[/variant]}, {@code os} or {@code architecture}.
     *
     * @throws EngineException.InvalidParameter if it is of another form
     */
    public static Platform parse(String text) {
        List<String> parts = List.of(text.split("/", -1));
        if (parts.size() > 3
                || !parts.stream().allMatch(part -> PART.matcher(part).matches())) {
            throw new EngineException.InvalidParameter("platform: '" + Quoted.of(text)
                    + "' is not os/architecture[/variant], such as linux/amd64 or linux/arm/v7");
        }
        return switch (parts.size()) {
            case 1 ->
                parts.getFirst().equalsIgnoreCase("linux")
                        ? ofThisMachine()
                        : new Platform("linux", parts.getFirst(), "");
            case 2 -> new Platform(parts.get(0), parts.get(1), "");
            default -> new Platform(parts.get(0), parts.get(1), parts.get(2));
        };
    }

    /**
     * How well what is of this platform runs an image of another: 0 is best, larger is worse, -1: not at all (containerd,
     * platforms/compare.go, "platformVector").
     */
    int rank(Platform image) {
        return runnable().indexOf(image);
    }

    private List<Platform> runnable() {
        return switch (architecture + variant) {
            case "amd64" -> List.of(this, new Platform(os, "386", ""));
            case "arm64" -> List.of(this, arm("v8"), arm("v7"), arm("v6"), arm("v5"));
            case "armv8" -> List.of(this, arm("v7"), arm("v6"), arm("v5"));
            case "arm" -> List.of(this, arm("v6"), arm("v5"));
            case "armv6" -> List.of(this, arm("v5"));
            default -> List.of(this);
        };
    }

    private Platform arm(String armVariant) {
        return new Platform(os, "arm", armVariant);
    }

    private static String normalArchitecture(String name) {
        return switch (name) {
            case "x86_64", "x86-64" -> "amd64";
            case "i386", "i486", "i586", "i686", "x86" -> "386";
            case "aarch64" -> "arm64";
            case "armhf", "armel" -> "arm";
            default -> name;
        };
    }

    /** Plain {@code arm} means v7, {@code armel} v6. */
    private static String normalVariant(String given, String architecture, String variant) {
        return switch (architecture + "/" + variant) {
            case "amd64/v1", "arm64/v8", "arm64/8", "arm/v7", "arm/7" -> "";
            case "arm/" -> given.equals("armel") ? "v6" : "";
            case "arm/5", "arm/6", "arm/8" -> "v" + variant;
            default -> variant;
        };
    }

    /** As dockerd's messages write it. */
    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? usualVariant() : "/" + variant);
    }

    private String usualVariant() {
        return switch (architecture) {
            case "arm64" -> "/v8";
            case "arm" -> "/v7";
            default -> "";
        };
    }
}
