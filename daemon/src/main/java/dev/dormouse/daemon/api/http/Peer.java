package dev.dormouse.daemon.api.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process at the other end of a unix socket when it connected (SO_PEERCRED, unix(7)). */
public record Peer(int uid, int gid, int pid) {
    /** The name of the program that has this process's number now (proc_pid_comm(5)), which it may choose itself; {@code ?} if it is gone. */
    public String command() {
        try {
            byte[] name = Files.readAllBytes(Path.of("/proc", Integer.toString(pid), "comm"));
            return new String(name, StandardCharsets.UTF_8).strip();
        } catch (IOException _) {
            return "?";
        }
    }
}
