package dev.dormouse.units.service;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds who has a port of this machine: the socket's inode in /proc/net/tcp or udp (proc_pid_net(5)), then who has it open. */
public final class PortOwner {
    private static final String LISTEN = "0A";
    /** A UDP socket that is bound and not connected: TCP_CLOSE. */
    private static final String UNCONNECTED = "07";

    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private final Path proc;

    /**
     * For a machine's or a test's processes.
     *
     * @param proc {@code /proc}
     */
    public PortOwner(Path proc) {
        this.proc = proc;
    }

    /** In words: {@code nginx (process 123)}; empty if nobody is known to. */
    public Optional<String> of(int port, boolean udp) {
        String table = udp ? "net/udp" : "net/tcp";
        String state = udp ? UNCONNECTED : LISTEN;
        return inode(proc.resolve(table), port, state)
                .or(() -> inode(proc.resolve(table + "6"), port, state))
                .flatMap(this::holder);
    }

    private static Optional<String> inode(Path table, int port, String state) {
        String suffix = ":%04X".formatted(port);
        try {
            return Files.readString(table)
                    .lines()
                    .skip(1)
                    .map(line -> line.strip().split(" +"))
                    .filter(fields -> fields.length > INODE)
                    .filter(fields -> fields[STATE].equals(state) && fields[LOCAL].endsWith(suffix))
                    .map(fields -> fields[INODE])
                    .findFirst();
        } catch (IOException e) {
            // No such table without IPv6.
            return Optional.empty();
        }
    }

    private Optional<String> holder(String inode) {
        String link = "socket:[" + inode + "]";
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, link)) {
                    return Optional.of(Files.readString(process.resolve("comm")).strip() + " (process "
                            + process.getFileName() + ")");
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean holds(Path process, String link) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.readSymbolicLink(descriptor).toString().equals(link)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // It ended meanwhile, or closed the descriptor.
            return false;
        }
    }
}
