package dev.dormouse.daemon.api;

/** The engine's own version, from the jar's manifest; {@code dev} when it runs from classes. */
public final class EngineVersion {
    public static final String VERSION = read();

    private EngineVersion() {}

    private static String read() {
        String version = EngineVersion.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0-dev" : version;
    }
}
