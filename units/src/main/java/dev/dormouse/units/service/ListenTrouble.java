package dev.dormouse.units.service;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/**
 * Finds out why systemd could not listen on an address. systemd only says that its helper failed, so the address is tried here, at once
 * and for a moment, and the kernel's own words are taken.
 */
public final class ListenTrouble {
    private final PortOwner owners;

    public ListenTrouble(PortOwner owners) {
        this.owners = owners;
    }

    /** In words: {@code port 80 is taken by nginx (process 123)}; empty if one can listen on it, or it is a unix socket. */
    public Optional<String> with(ListenAddress address) {
        if (address.port().isEmpty()) {
            return Optional.empty();
        }
        int port = address.port().getAsInt();
        try {
            bind(new InetSocketAddress(host(address.address()), port), address.isUdp());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(owners.of(port, address.isUdp())
                    .filter(_ -> String.valueOf(e.getMessage()).contains("in use"))
                    .map(owner -> (address.isUdp() ? "UDP port " : "port ") + port + " is taken by " + owner)
                    .orElse("cannot listen on " + address + ": " + e.getMessage()));
        }
    }

    private static void bind(InetSocketAddress address, boolean udp) throws IOException {
        if (udp) {
            new DatagramSocket(address).close();
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
        }
    }

    /** {@code ::}, which takes IPv4 too, for a port alone: as systemd does. */
    private static InetAddress host(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "::" : text.substring(0, colon);
        return InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }
}
