package dev.dormouse.daemon.lifecycle;

/** {@code docker restart}. */
final class RestartContainer {
    private final CurrentState state;
    private final StopContainer stop;
    private final StartContainer start;
    private final ContainerEvents events;

    RestartContainer(CurrentState state, StopContainer stop, StartContainer start, ContainerEvents events) {
        this.state = state;
        this.stop = stop;
        this.start = start;
        this.events = events;
    }

    /** Its verbs are excluded, from the stop through the start: {@code --rm} finds it running again and leaves it. */
    void restart(ContainerEntry container, StopContainer.Order order) {
        if (state.isActive(container)) {
            stop.stop(container, order);
        }
        start.start(container);
        events.restarted(container.record());
    }
}
