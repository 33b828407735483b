package dev.dormouse.proxy.source;

/** One client among those of its source, from its coming to its end. Thread-safe. */
public final class Turn {
    enum State {
        HERE,
        /** In its source's queue. */
        WAITING,
        SERVED,
        /** It has been told to make room. */
        GIVING_WAY,
        GONE
    }

    /** These are used under the lock of {@link #limit}. */
    final Crowd crowd;

    State state = State.HERE;
    Object place = this;
    Runnable itsTurn = () -> {};
    Runnable giveWay = () -> {};

    private final SourceLimit limit;

    Turn(SourceLimit limit, Crowd crowd) {
        this.limit = limit;
        this.crowd = crowd;
    }

    /**
     * Asks to be served; once.
     *
     * @param place where it is, for {@link SourceLimit#makeRoom}
     * @param itsTurn called if it has to wait, when it need not any more; on any thread, and it must not block
     * @param giveWay called if it has to wait and is to be reset instead; the same
     * @return whether it may be served now
     */
    public boolean take(Object place, Runnable itsTurn, Runnable giveWay) {
        return limit.take(this, place, itsTurn, giveWay);
    }

    /** It has ended, and the next of its source is served. */
    public void leave() {
        limit.leave(this);
    }
}
