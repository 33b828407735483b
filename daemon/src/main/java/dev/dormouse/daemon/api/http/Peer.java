package dev.dormouse.daemon.api.http;

/** The process at the other end of a unix socket when it connected (SO_PEERCRED, unix(7)). */
public record Peer(int uid, int pid) {}
