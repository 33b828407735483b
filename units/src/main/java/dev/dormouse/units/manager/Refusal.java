package dev.dormouse.units.manager;

/** Words for the errors that systemd and the bus answer: what was asked, in their words why not, and what to do. */
final class Refusal {
    private static final String SYSTEMD = "org.freedesktop.systemd1.";
    private static final String BUS = "org.freedesktop.DBus.Error.";

    private Refusal() {}

    /** @param what what was asked, to follow "cannot": {@code start x.service} */
    static SystemdException of(String what, BusErrorException error) {
        String words = error.words().isEmpty() ? error.name() : error.words();
        return new SystemdException("cannot " + what + ": " + words + advice(error.name()), error);
    }

    static boolean isNoSuchUnit(BusErrorException error) {
        return error.name().equals(SYSTEMD + "NoSuchUnit");
    }

    private static String advice(String name) {
        return switch (name) {
            case SYSTEMD + "NoSuchUnit" -> "; install its unit file, and reload systemd if it is new";
            case SYSTEMD + "LoadFailed", SYSTEMD + "BadUnitSetting" ->
                "; systemd-analyze verify says what is wrong in its file";
            case SYSTEMD + "UnitMasked" -> "; systemctl unmask it first";
            case SYSTEMD + "OnlyByDependency" -> "; it may be started only by what needs it (RefuseManualStart=)";
            case SYSTEMD + "TransactionIsDestructive" -> "; the machine is shutting down or isolating a target";
            case BUS + "AccessDenied", BUS + "InteractiveAuthorizationRequired" ->
                "; this user may not: polkit has no rule that allows it (run as root, or see Dormouse's rule in polkit-1/rules.d)";
            default -> " (" + name + ")";
        };
    }
}
