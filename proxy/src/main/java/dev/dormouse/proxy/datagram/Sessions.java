package dev.dormouse.proxy.datagram;

import dev.dormouse.proxy.kernel.DatagramPath;
import dev.dormouse.proxy.kernel.Epoll;
import dev.dormouse.proxy.kernel.TimerDescriptor;
import dev.dormouse.proxy.loop.Loop;
import dev.dormouse.proxy.loop.Watched;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of one socket: those that wait for their backend, and the open ones, the longest silent first. One timer is enough, as all
 * of them have the same time-out: it is set for the first, and looks again then. On the loop.
 */
final class Sessions extends Watched {
    private static final float LOAD_FACTOR = 0.75f;
    private static final int INITIAL = 16;
    /** What an answer may take once the socket is not read any more. */
    private static final long HURRIED_NANOS = 1_000_000_000L;

    private final Loop loop;
    private final Dealings dealings;
    private final SessionMeter meter;
    private final long timeoutNanos;
    private final Map<DatagramPath, Session> waiting = new LinkedHashMap<>();
    private final Map<DatagramPath, Session> open = new LinkedHashMap<>(INITIAL, LOAD_FACTOR, true);
    private Optional<TimerDescriptor> timer = Optional.empty();
    private boolean set;
    private boolean hurried;

    Sessions(Loop loop, Dealings dealings, SessionMeter meter) {
        this.loop = loop;
        this.dealings = dealings;
        this.meter = meter;
        this.timeoutNanos = dealings.reception().timeout().toNanos();
    }

    /** The session of a client; it counts as the one that was silent last. */
    Optional<Session> find(DatagramPath path) {
        Session session = open.get(path);
        return Optional.ofNullable(session == null ? waiting.get(path) : session);
    }

    /** Adds one that waits, in the place of the open one that has been silent for longest if there is no room; false without any. */
    boolean add(Session session, long now) {
        boolean full = waiting.size() + open.size() >= dealings.reception().sessionsMaximum();
        if (full && !makeRoom()) {
            return false;
        }
        while (!dealings.room().take()) {
            if (!makeRoom()) {
                return false;
            }
        }
        waiting.put(session.path(), session);
        meter.sessions(waiting.size() + open.size(), now);
        return true;
    }

    /** Ends the open session that has been silent for longest; false if there is none. */
    boolean makeRoom() {
        Iterator<Session> eldest = open.values().iterator();
        if (!eldest.hasNext()) {
            return false;
        }
        eldest.next().end();
        return true;
    }

    /** It knows its backend. */
    void opened(Session session) {
        waiting.remove(session.path());
        open.put(session.path(), session);
        if (!set) {
            set(timeout());
        }
    }

    /** It asks for its backend again. */
    void waits(Session session) {
        open.remove(session.path());
        waiting.put(session.path(), session);
    }

    /** It has ended. */
    void ended(Session session) {
        waiting.remove(session.path());
        open.remove(session.path());
        dealings.room().leave();
        meter.sessions(waiting.size() + open.size(), System.nanoTime());
    }

    void hurry(boolean now) {
        if (hurried != now) {
            hurried = now;
            endSilent();
        }
    }

    void endAll() {
        for (Session session : new ArrayList<>(waiting.values())) {
            session.end();
        }
        for (Session session : new ArrayList<>(open.values())) {
            session.end();
        }
    }

    /** No session is left. */
    void close() {
        timer.ifPresent(known -> {
            loop.closed(this);
            known.close();
        });
        timer = Optional.empty();
    }

    @Override
    protected void ready(int events) {
        timer.ifPresent(TimerDescriptor::clear);
        endSilent();
    }

    @Override
    protected void giveUp() {
        close();
    }

    private void endSilent() {
        set = false;
        long now = System.nanoTime();
        while (!open.isEmpty()) {
            Session first = open.values().iterator().next();
            long left = timeout() - (now - first.lastNanos());
            if (left > 0) {
                set(left);
                return;
            }
            first.end();
        }
    }

    private long timeout() {
        return hurried ? Math.min(timeoutNanos, HURRIED_NANOS) : timeoutNanos;
    }

    private void set(long nanos) {
        TimerDescriptor known = timer.orElseGet(this::openTimer);
        known.set(nanos);
        set = true;
    }

    private TimerDescriptor openTimer() {
        TimerDescriptor opened = TimerDescriptor.open(loop.kernel());
        loop.watch(this, opened.descriptor(), Epoll.IN);
        timer = Optional.of(opened);
        return opened;
    }
}
