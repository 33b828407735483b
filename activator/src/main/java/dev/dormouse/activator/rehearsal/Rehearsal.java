package dev.dormouse.activator.rehearsal;

import dev.dormouse.activator.Activator;
import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.handoff.HandoffMessage;
import dev.dormouse.activator.handoff.HandoffSocket;
import dev.dormouse.activator.service.Settings;
import dev.dormouse.activator.service.Surroundings;
import dev.dormouse.activator.service.ThreadAgenda;
import dev.dormouse.activator.succession.Legacy;
import dev.dormouse.activator.succession.LegacyReader;
import dev.dormouse.activator.succession.LegacyWriter;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.activator.wake.SystemdWaker;
import dev.dormouse.activator.wake.WakeSlots;
import dev.dormouse.proxy.DataPlane;
import dev.dormouse.proxy.datagram.MixedDataPlane;
import dev.dormouse.units.journal.Journal;
import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.manager.DbusSystemdManager;
import dev.dormouse.units.manager.SystemdException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A wake of a container that is this process itself. Starts no unit, and changes nothing but a temporary folder. */
public final class Rehearsal {
    private static final String NAME = "rehearsal";
    private static final String HAND_OVER = "FDSTORE=1\nFDNAME=" + NAME;
    private static final List<String> FILES = List.of(NAME + ".json", "started", "handoff", "");
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int REQUEST = '?';
    private static final int LEAST_DESCRIPTOR = 3;

    private final Path folder;

    private Rehearsal(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs it.
     *
     * @throws IOException if a client was not served, or a file or socket could not be made
     */
    public static void run() throws IOException {
        Path folder = Files.createTempDirectory("dormouse-rehearsal");
        try {
            connectToBus();
            Rehearsal rehearsal = new Rehearsal(folder);
            rehearsal.receive();
            rehearsal.wake();
        } finally {
            for (String file : FILES) {
                Files.deleteIfExists(folder.resolve(file));
            }
        }
    }

    /** Where there is a bus. */
    private static void connectToBus() {
        try (DbusSystemdManager manager = new DbusSystemdManager()) {
            manager.connect();
            manager.state("basic.target");
        } catch (SystemdException e) {
            System.err.println("rehearsing without the system bus: " + e.getMessage());
        }
    }

    /** A hand-over's message, at a socket that is no datagram socket, as Java has none; receiving is the same. */
    private void receive() throws IOException {
        SocketAddress address = UnixDomainSocketAddress.of(folder.resolve("handoff"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            try (SocketChannel sender = SocketChannel.open(address)) {
                Descriptors.Opened<SocketChannel> accepted = Descriptors.open(server::accept);
                HandoffSocket socket = new HandoffSocket(accepted.descriptor());
                sender.write(ByteBuffer.wrap(HAND_OVER.getBytes(StandardCharsets.UTF_8)));
                socket.receive();
                socket.stop();
                accepted.channel().close();
            }
        }
    }

    private void wake() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ThreadAgenda agenda = ThreadAgenda.start();
        Descriptors.Opened<ServerSocketChannel> front = Descriptors.open(ServerSocketChannel::open);
        try (ServerSocket container = new ServerSocket(0, 1, loopback);
                ServerSocketChannel listening = front.channel().bind(new InetSocketAddress(loopback, 0));
                DataPlane dataPlane = MixedDataPlane.start(1);
                Socket client = new Socket()) {
            write(container.getLocalPort());
            Activator activator = new Activator(surroundings(agenda), dataPlane, Libc::close, _ -> {});
            int copy = Libc.fcntl(front.descriptor(), Libc.F_DUPFD_CLOEXEC, LEAST_DESCRIPTOR);
            client.setSoTimeout(PATIENCE_MILLIS);
            client.connect(listening.getLocalAddress());
            client.getOutputStream().write(REQUEST);
            agenda.execute(() -> activator.handle(new HandoffMessage.HandOver(NAME, List.of(copy))));
            container.setSoTimeout(PATIENCE_MILLIS);
            try (Socket woken = container.accept()) {
                woken.getOutputStream().write(woken.getInputStream().read());
                if (client.getInputStream().read() != REQUEST) {
                    throw new IOException("rehearsal: the client was not served");
                }
                succeed(agenda, activator, dataPlane);
                client.getOutputStream().write(REQUEST);
                if (woken.getInputStream().read() != REQUEST) {
                    throw new IOException("rehearsal: the client was not served by the next activator");
                }
            }
        }
    }

    /** As another process does it after a restart, when clients wait as they do for a wake. */
    private void succeed(ThreadAgenda agenda, Activator activator, DataPlane dataPlane) {
        List<Legacy> left = CompletableFuture.supplyAsync(activator::bequeath, agenda::execute).join().stream()
                .map(CompletableFuture::join)
                .toList();
        List<Legacy> taken = LegacyReader.read(LegacyWriter.write(left));
        for (Legacy legacy : left) {
            legacy.listeners().forEach(Libc::close);
            legacy.connections().forEach(connection -> connection.descriptors().forEach(Libc::close));
        }
        Activator next = new Activator(surroundings(agenda), dataPlane, Libc::close, _ -> {});
        agenda.execute(() -> next.inherit(taken));
    }

    private Surroundings surroundings(ThreadAgenda agenda) {
        Executor background = task -> Thread.ofPlatform().daemon().start(task);
        NoSystemd manager = new NoSystemd();
        Folders folders = new Folders(folder, folder, folder);
        SystemdWaker waker = new SystemdWaker(folders, manager, new WakeSlots(1, agenda::execute), background);
        return new Surroundings(
                agenda,
                background,
                waker,
                folders::service,
                manager,
                Settings.STANDARD,
                Journal.ofProcess("dormouse-rehearsal"),
                new Tally());
    }

    /** One file is the service's and the container's. */
    private void write(int port) throws IOException {
        Files.writeString(
                folder.resolve("started"), "PID=" + ProcessHandle.current().pid() + "\n");
        Files.writeString(folder.resolve(NAME + ".json"), """
                {"schema": 1, "name": "%s", "listen": ["1"], "port": %d, "idle": "10m", "ready": "listening",
                 "deadline": "20s", "container": "%s", "address": "127.0.0.1", "ports": [%d], "runtimeFolder": "%s"}
                """.formatted(NAME, port, NAME, port, folder));
    }
}
