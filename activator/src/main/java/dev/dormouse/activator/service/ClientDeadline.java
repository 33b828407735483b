package dev.dormouse.activator.service;

import dev.dormouse.proxy.Backend.ConnectFailed;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

/** How long one client waits at most, where no wake's own deadline bounds that. Used by tasks of the agenda only. */
record ClientDeadline(String service, Agenda agenda, Declared declared, HeldClients held, Chronicle chronicle) {
    /** Whether a client whose connects have failed has waited long enough; it is closed then. */
    boolean isOver(CompletableFuture<SocketAddress> client, ConnectFailed failed) {
        boolean over = failed.held().compareTo(declared.deadline()) >= 0;
        if (over) {
            chronicle.overdue(failed);
            client.completeExceptionally(notServed());
        }
        return over;
    }

    /** Closes a held client when its time is over and it still waits. */
    void bound(CompletableFuture<SocketAddress> client) {
        Agenda.Planned end =
                agenda.schedule(declared.deadline(), () -> chronicle.closed(held.close(client, notServed()) ? 1 : 0));
        var _ = client.whenComplete((_, _) -> end.cancel());
    }

    private NotServed notServed() {
        return new NotServed(service + ": deadline over");
    }
}
