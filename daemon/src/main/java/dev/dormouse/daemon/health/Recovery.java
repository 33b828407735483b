package dev.dormouse.daemon.health;

/** Does to a container what its label wants once it is unhealthy. Must not wait for the outcome: a stop ends the probing that calls it. */
@FunctionalInterface
public interface Recovery {
    /**
     * Begins it.
     *
     * @param unitName the instance of the container's unit
     * @param id of the container
     */
    void begin(UnhealthyAction action, String unitName, String id);
}
