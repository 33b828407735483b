package dev.dormouse.daemon.fault;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Drives the failpoints of an engine that runs in this JVM, until closed. */
public final class Faults implements AutoCloseable {
    private final AtomicBoolean reached;

    private Faults(Failpoints.Listener listener, AtomicBoolean reached) {
        this.reached = reached;
        Failpoints.listen(listener);
    }

    /**
     * A step of an operation.
     *
     * @param name the step, and what it is done to
     * @param time 1 for the first such step of the operation, 2 for the next, …
     */
    public record Point(String name, int time) {
        @Override
        public String toString() {
            return name + " (" + time + ")";
        }
    }

    /** What an operation passes, in order. */
    public static List<Point> record(Runnable operation) {
        List<Point> points = Collections.synchronizedList(new ArrayList<>());
        Counter counter = new Counter();
        try (Faults _ = new Faults((step, what) -> points.add(counter.next(step, what)), new AtomicBoolean())) {
            operation.run();
        }
        return List.copyOf(points);
    }

    /** The engine does nothing more from this point on; a verb that tries throws {@link Killed}, so that no clean-up of its own runs. */
    public static Faults killAt(Point last) {
        Counter counter = new Counter();
        AtomicBoolean reached = new AtomicBoolean();
        return new Faults(
                (step, what) -> {
                    if (reached.get() || counter.next(step, what).equals(last)) {
                        reached.set(true);
                        throw new Killed(last);
                    }
                },
                reached);
    }

    /** This one step fails with the words of the kernel. */
    public static Faults failAt(Point failing, String words) {
        return failAt(Set.of(failing), words);
    }

    /** Each of these steps fails with the words of the kernel. */
    public static Faults failAt(Set<Point> failing, String words) {
        Counter counter = new Counter();
        Set<Point> left = ConcurrentHashMap.newKeySet();
        left.addAll(failing);
        AtomicBoolean reached = new AtomicBoolean();
        return new Faults(
                (step, what) -> {
                    if (left.remove(counter.next(step, what))) {
                        reached.set(left.isEmpty());
                        throw new IOException(words);
                    }
                },
                reached);
    }

    /** Something happens right before this step. */
    public static Faults doAt(Point point, Runnable event) {
        Counter counter = new Counter();
        AtomicBoolean reached = new AtomicBoolean();
        return new Faults(
                (step, what) -> {
                    if (counter.next(step, what).equals(point)) {
                        reached.set(true);
                        event.run();
                    }
                },
                reached);
    }

    /** Whether it came to that, of several steps to each. */
    public boolean isReached() {
        return reached.get();
    }

    /** A step of a fake: what the real part would do there has steps too. */
    public static void pass(String step, String what) {
        try {
            Failpoints.pass(step, what);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot " + step + " " + what + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        Failpoints.listen(Failpoints.Listener.NONE);
    }

    /** An Error, so that no verb's clean-up runs. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(Point before) {
            super("killed before: " + before);
        }
    }

    private static final class Counter {
        private final Map<String, Integer> passed = new HashMap<>();

        synchronized Point next(String step, String what) {
            String name = step + " " + what.replaceAll("[0-9a-f]{64}", "ID");
            return new Point(name, passed.merge(name, 1, Integer::sum));
        }
    }
}
