package dev.dormouse.activator.service;

import dev.dormouse.proxy.GivenUpListener;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Loss;
import dev.dormouse.proxy.Traffic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The listeners of one service, and former ones whose connections still go on. Used by tasks of the agenda only. */
final class Listeners {
    private final List<Listener> former = new ArrayList<>();
    private List<Listener> current = List.of();
    /** Of those that are forgotten. */
    private Traffic past = Traffic.NONE;

    private final Map<Loss, Long> pastLosses = new EnumMap<>(Loss.class);

    /** Replaces the listeners; the old ones are closed, their connections go on. */
    void replace(List<Listener> listeners) {
        for (Listener listener : current) {
            var _ = listener.close();
        }
        former.addAll(current);
        former.removeIf(this::isOver);
        current = List.copyOf(listeners);
    }

    /** Clients that are held or connected. */
    int connections() {
        int connections = 0;
        for (Listener listener : all()) {
            connections += listener.connections();
        }
        return connections;
    }

    /** Those of them that wait for others of their source. */
    int heldBack() {
        return all().stream().mapToInt(Listener::heldBack).sum();
    }

    /** What all of them have moved so far. */
    Traffic traffic() {
        Traffic traffic = past;
        for (Listener listener : all()) {
            traffic = traffic.plus(listener.traffic());
        }
        return traffic;
    }

    /** The datagrams that all of them have lost so far. */
    Map<Loss, Long> losses() {
        Map<Loss, Long> losses = new EnumMap<>(Loss.class);
        pastLosses.forEach(losses::put);
        all().forEach(listener -> add(losses, listener));
        return losses;
    }

    /** When the last client of all came or left. */
    long lastActivityNanos() {
        long last = current.getFirst().lastActivityNanos();
        for (Listener listener : all()) {
            long activity = listener.lastActivityNanos();
            last = activity - last > 0 ? activity : last;
        }
        return last;
    }

    /** Gives all of them up, with their connections. */
    CompletableFuture<List<GivenUpListener>> giveUp() {
        List<CompletableFuture<GivenUpListener>> each =
                all().stream().map(Listener::giveUp).toList();
        return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
                .thenApply(_ -> each.stream().map(CompletableFuture::join).toList());
    }

    CompletableFuture<Void> pause() {
        return each(Listener::pause);
    }

    CompletableFuture<Void> close() {
        return each(Listener::close);
    }

    void resume() {
        current.forEach(Listener::resume);
    }

    void abort() {
        all().forEach(Listener::abort);
    }

    private boolean isOver(Listener listener) {
        boolean over = listener.connections() == 0;
        if (over) {
            past = past.plus(listener.traffic());
            add(pastLosses, listener);
        }
        return over;
    }

    private static void add(Map<Loss, Long> sums, Listener listener) {
        listener.losses().forEach((loss, count) -> sums.merge(loss, count, Long::sum));
    }

    private List<Listener> all() {
        List<Listener> all = new ArrayList<>(current);
        all.addAll(former);
        return all;
    }

    private CompletableFuture<Void> each(Function<Listener, CompletableFuture<Void>> act) {
        return CompletableFuture.allOf(current.stream().map(act).toArray(CompletableFuture[]::new));
    }
}
