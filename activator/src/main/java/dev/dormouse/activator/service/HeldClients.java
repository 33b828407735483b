package dev.dormouse.activator.service;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Clients that wait for an address. Used by tasks of the agenda only. */
final class HeldClients {
    private List<CompletableFuture<SocketAddress>> waiting = new ArrayList<>();

    void add(CompletableFuture<SocketAddress> client) {
        waiting.add(client);
    }

    int count() {
        return waiting.size();
    }

    /** Connects all of them. */
    void connect(SocketAddress address) {
        takeAll().forEach(client -> client.complete(address));
    }

    /** Closes all of them; how many there were. */
    int close(NotServed reason) {
        List<CompletableFuture<SocketAddress>> closed = takeAll();
        closed.forEach(client -> client.completeExceptionally(reason));
        return closed.size();
    }

    /** Closes one, if it still waits; whether it did. */
    boolean close(CompletableFuture<SocketAddress> client, NotServed reason) {
        boolean waited = client.completeExceptionally(reason);
        waiting.removeIf(CompletableFuture::isDone);
        return waited;
    }

    private List<CompletableFuture<SocketAddress>> takeAll() {
        List<CompletableFuture<SocketAddress>> all = waiting;
        waiting = new ArrayList<>();
        return all;
    }
}
