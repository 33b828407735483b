package dev.dormouse.activator.service;

import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.proxy.GivenUpListener;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Traffic;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** A listener whose clients a test makes come and go. */
public final class FakeListener implements Listener {
    private static final int DESCRIPTOR = 70;

    private final Agenda agenda;
    private long lastActivity;
    private CompletableFuture<Void> pausing = CompletableFuture.completedFuture(null);
    int connections;
    /** A client is there only when it is looked for so often from now on; 0 for none such. */
    int briefClientAt;

    Traffic traffic = Traffic.NONE;
    boolean paused;
    boolean closed;
    boolean aborted;
    boolean givenUp;

    /** Without clients. */
    public FakeListener(Agenda agenda) {
        this.agenda = agenda;
        this.lastActivity = agenda.nanos();
    }

    /** The next pause completes only when the returned future does. */
    CompletableFuture<Void> slowPause() {
        pausing = new CompletableFuture<>();
        return pausing;
    }

    /** A client comes. */
    public void come() {
        connections++;
        lastActivity = agenda.nanos();
    }

    /** A client leaves. */
    public void leave() {
        connections--;
        lastActivity = agenda.nanos();
    }

    @Override
    public int connections() {
        return briefClientAt > 0 && --briefClientAt == 0 ? connections + 1 : connections;
    }

    @Override
    public Traffic traffic() {
        return traffic;
    }

    @Override
    public long lastActivityNanos() {
        return lastActivity;
    }

    @Override
    public CompletableFuture<Void> pause() {
        paused = true;
        return pausing;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public CompletableFuture<Void> close() {
        closed = true;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<GivenUpListener> giveUp() {
        givenUp = true;
        return CompletableFuture.completedFuture(new GivenUpListener(OptionalInt.of(DESCRIPTOR), List.of()));
    }

    @Override
    public void takeUp(CarriedConnection connection) {
        come();
    }

    @Override
    public void abort() {
        aborted = true;
        connections = 0;
    }
}
