package dev.dormouse.daemon.event;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** The last events of this engine's life, in memory. */
public final class RecentEvents implements EventHistory {
    private final Instant begin = Instant.now();
    private final Deque<Event> kept = new ArrayDeque<>();
    private final int most;

    public RecentEvents(int most) {
        this.most = most;
    }

    @Override
    public void append(Event event) {
        if (kept.size() == most) {
            kept.removeFirst();
        }
        kept.addLast(event);
    }

    @Override
    public Past past() {
        List<Event> now = List.copyOf(kept);
        return since -> now.stream()
                .filter(event -> !event.time().isBefore(since))
                .sorted(Comparator.comparing(Event::time))
                .toList();
    }

    @Override
    public boolean isNews(Event event) {
        return !event.time().isBefore(begin) && kept.stream().noneMatch(event::isSameHappening);
    }

    @Override
    public void close() {}
}
