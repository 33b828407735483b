package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.Backend.ConnectFailed;
import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.proxy.Doorkeeper.Departure;
import dev.dormouse.proxy.kernel.Kernel;
import dev.dormouse.proxy.kernel.Option;
import dev.dormouse.proxy.proxyprotocol.ProxyHeader;
import dev.dormouse.units.service.ProxyProtocol;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client from its accept to its end: let in, held, then connected to its backend, then relayed. */
final class Connection {
    private enum State {
        /** The doorkeeper looks at it, or its source has enough connections. */
        AT_THE_DOOR,
        HELD,
        CONNECTING,
        RELAYING,
        /** It has been answered in its backend's place. */
        LEAVING,
        ENDED
    }

    private final Loop loop;
    private final ListeningSocket listener;
    private final Endpoint client;
    private final long acceptedNanos = System.nanoTime();

    private State state = State.HELD;
    private final @Nullable Desk desk;
    private @Nullable ByteBuffer introduction;
    /** From the first address of a backend until it is connected. */
    private @Nullable Dial dial;

    private @Nullable Endpoint backend;
    private @Nullable Relay relay;
    private boolean unfinished;
    /** The client was held, and its backend has sent nothing yet. */
    private boolean unanswered;

    /** Its loop counts it from now on; thread-safe, as all else is for the loop. */
    Connection(Loop loop, ListeningSocket listener, int descriptor) {
        this.loop = loop;
        this.listener = listener;
        this.client = new Endpoint(this, descriptor, listener.tcp());
        this.desk = listener.hasDesk() ? new Desk(this, loop, listener, client) : null;
        loop.connectionBegan();
    }

    /** On the loop that keeps it. */
    void begin() {
        try {
            if (loop.watch(client, client.descriptor(), Endpoint.INTEREST) < 0) {
                // No memory, or no watches left (epoll_ctl(2)): nothing could be told of this client.
                reset();
                return;
            }
            Optional<InetSocketAddress> source =
                    listener.asksWhoCame() ? loop.kernel().peerOf(client.descriptor()) : Optional.empty();
            introduction = listener.reception()
                    .proxyProtocol()
                    .map(version -> header(version, source))
                    .orElse(null);
            if (desk != null) {
                state = State.AT_THE_DOOR;
                follow(desk.arrive(source));
            } else if (listener.hasLost(source)) {
                reset();
            } else {
                ask(Optional.empty());
            }
        } catch (RuntimeException | Error e) {
            reset();
            throw e;
        }
    }

    /** On the loop that keeps it: goes on where another data plane was. */
    void begin(CarriedConnection carried) {
        if (carried.backend().isEmpty()) {
            begin();
            return;
        }
        try {
            int socket = carried.backend().getAsInt();
            Endpoint opened = new Endpoint(this, socket, loop.kernel().option(socket, Option.DOMAIN) != Kernel.AF_UNIX);
            backend = opened;
            state = State.RELAYING;
            if (desk != null) {
                desk.carriedIn();
            }
            relay = new Relay(loop, client, opened, listener.acceptorOn(loop));
            relay.begin(carried, loop.kernel());
            if (loop.watch(client, client.descriptor(), Endpoint.INTEREST) < 0
                    || loop.watch(opened, socket, Endpoint.INTEREST) < 0) {
                reset();
            }
        } catch (RuntimeException | Error e) {
            reset();
            throw e;
        }
    }

    /** Takes it out of this data plane; empty if nothing is left of it. */
    Optional<CarriedConnection> carry() {
        try {
            if (relay != null && relay.broken()) {
                relay();
                reset();
            }
            if (state == State.LEAVING) {
                end(false);
            }
            return state == State.ENDED ? Optional.empty() : Optional.of(takenOut());
        } catch (RuntimeException e) {
            reset();
            Trouble.report(e);
            return Optional.empty();
        }
    }

    private CarriedConnection takenOut() {
        if (dial != null) {
            dial.hangUp(false);
        }
        int socket = client.descriptor();
        CarriedConnection taken = relay == null
                ? new CarriedConnection(socket, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty())
                : relay.take(loop.kernel());
        loop.ignore(client, socket);
        if (backend != null) {
            loop.ignore(backend, backend.descriptor());
        }
        state = State.ENDED;
        leave();
        return taken;
    }

    private ByteBuffer header(ProxyProtocol version, Optional<InetSocketAddress> source) {
        return ProxyHeader.of(version, source, loop.kernel().localOf(client.descriptor()));
    }

    private void follow(Desk.Outcome outcome) {
        switch (outcome) {
            case LET_IN -> {
                state = State.HELD;
                ask(Optional.empty());
            }
            case STAYS -> {}
            case LEAVES -> state = State.LEAVING;
            case GONE -> end(client.broken());
        }
    }

    /** Is not waited for any more before the doorkeeper. */
    void letGo(Departure why) {
        if (desk != null) {
            follow(desk.letGo(why));
        }
    }

    /** Its source has room for it. */
    void turnCame() {
        try {
            if (desk != null && state == State.AT_THE_DOOR) {
                follow(desk.turnCame());
            }
        } catch (RuntimeException | Error e) {
            reset();
            throw e;
        }
    }

    /** The waiting room's patience is over. */
    void heldTooLong() {
        if (desk != null && state == State.HELD) {
            follow(desk.heldTooLong());
        }
    }

    long acceptedNanos() {
        return acceptedNanos;
    }

    boolean isOf(ListeningSocket other) {
        return listener == other;
    }

    /** One of the sockets is ready, and knows what for. */
    void ready(Endpoint endpoint) {
        switch (state) {
            case AT_THE_DOOR, LEAVING -> followDesk();
            case HELD -> {
                leaveIfGone();
                if (state == State.HELD) {
                    followDesk();
                }
            }
            case CONNECTING -> {
                if (endpoint != client && dial != null) {
                    follow(dial, dial.ready(endpoint));
                } else if (client.broken()) {
                    end(true);
                }
            }
            case RELAYING -> relay();
            case ENDED -> {}
        }
    }

    private void followDesk() {
        if (desk != null) {
            follow(desk.ready());
        }
    }

    /** Another turn, which {@link Loop#later} was asked for. */
    void goOn() {
        unfinished = false;
        try {
            if (state == State.RELAYING) {
                relay();
            } else if (state == State.HELD && dial != null) {
                dial.takeFailure().ifPresent(this::askAgain);
            }
        } catch (RuntimeException | Error e) {
            reset();
            throw e;
        }
    }

    private void askAgain(ConnectFailed failure) {
        leaveIfGone();
        if (state == State.HELD) {
            ask(Optional.of(failure));
        }
    }

    /** Breaks it off: both peers see a reset. */
    void reset() {
        end(true);
    }

    private void ask(Optional<ConnectFailed> failure) {
        CompletableFuture<? extends SocketAddress> answer = listener.backend().address(failure);
        if (answer.isDone()) {
            answered(answer);
        } else {
            unanswered = true;
            if (desk != null) {
                desk.held();
            }
            // Stays with the future until it completes, also when the client leaves earlier: it may be one that many
            // wait for.
            var _ = answer.whenComplete((_, _) -> loop.leave(() -> answered(answer)));
        }
    }

    private void answered(CompletableFuture<? extends SocketAddress> answer) {
        if (state != State.HELD) {
            return;
        }
        try {
            if (answer.state() != CompletableFuture.State.SUCCESS) {
                follow(refused());
                return;
            }
            connect(answer.resultNow());
        } catch (RuntimeException | Error e) {
            reset();
            throw e;
        }
    }

    /** Even then a client that can be told so is told to come again. */
    private Desk.Outcome refused() {
        Desk.Outcome outcome = desk == null ? Desk.Outcome.GONE : desk.putOff();
        return outcome == Desk.Outcome.STAYS ? Desk.Outcome.GONE : outcome;
    }

    private void connect(SocketAddress target) {
        Dial dialling = dial == null ? new Dial(this, loop) : dial;
        dial = dialling;
        follow(dialling, dialling.connect(target));
    }

    private void follow(Dial dialling, Dial.Outcome outcome) {
        switch (outcome) {
            case CONNECTED -> connected(dialling.connected());
            case UNDER_WAY -> state = State.CONNECTING;
            case FAILED -> {
                state = State.HELD;
                // Not at once: a backend that answers at once would keep the loop from everyone else.
                later();
            }
        }
    }

    private void connected(Endpoint opened) {
        state = State.RELAYING;
        dial = null;
        backend = opened;
        Relay begun = new Relay(loop, client, opened, listener.acceptorOn(loop));
        relay = begun;
        if (introduction != null) {
            begun.introduce(introduction);
            introduction = null;
        }
        if (desk != null) {
            desk.connected();
        }
        relay();
    }

    private void relay() {
        if (relay == null) {
            return;
        }
        Relay.Outcome outcome = relay.run();
        if (unanswered && relay.answered()) {
            unanswered = false;
            listener.backend().answered();
        }
        switch (outcome) {
            case WAITING -> {}
            case UNFINISHED -> later();
            case CLOSED -> end(false);
            case BROKEN -> end(true);
        }
    }

    /**
     * A held client that has ended its stream and left bytes still waits for an answer ({@code printf q | nc -N}). One that left none
     * has gone, as far as can be known: TCP tells an end of both directions from an end of one only to who writes. So this is not asked
     * of a client whose connect is under way, which may be served in no time.
     */
    private void leaveIfGone() {
        if (client.gone(loop)) {
            end(client.broken());
        }
    }

    private void later() {
        if (!unfinished) {
            unfinished = true;
            loop.later(this);
        }
    }

    private void end(boolean reset) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        if (relay != null) {
            relay.close();
        }
        client.close(loop, reset);
        if (dial != null) {
            dial.hangUp(reset);
        }
        if (backend != null) {
            backend.close(loop, reset);
        }
        leave();
    }

    private void leave() {
        loop.connectionEnded();
        if (desk == null) {
            listener.left();
        } else {
            desk.end();
        }
    }
}
