package dev.dormouse.integration;

/** A unit of the systemd that the tests run under. */
record SystemUnit(String name) {
    static SystemUnit container(String container) {
        return new SystemUnit("dormouse-container@" + container + ".service");
    }

    static SystemUnit proxy(String service) {
        return new SystemUnit("dormouse-proxy@" + service + ".service");
    }

    static SystemUnit socket(String service) {
        return new SystemUnit("dormouse-proxy@" + service + ".socket");
    }

    static final SystemUnit ACTIVATOR = new SystemUnit("dormouse-activator.service");
    static final SystemUnit ENGINE = new SystemUnit("dormouse.service");

    String property(String property) {
        return Shell.run("systemctl", "show", "--value", "--property=" + property, name);
    }

    String state() {
        return property("ActiveState");
    }

    boolean isInactive() {
        return state().equals("inactive");
    }

    boolean isActive() {
        return state().equals("active");
    }

    void stop() {
        Shell.run("systemctl", "stop", name);
    }

    /** Failed is what a container's unit is after an exit code that is no success. */
    void awaitInactiveOrFailed() {
        Await.until(name + " is inactive or has failed", () -> isInactive() || state().equals("failed"));
    }

    void awaitInactive() {
        Await.until(name + " is inactive", this::isInactive);
    }
}
