package dev.dormouse.units.libc;

import java.util.List;
import java.util.Optional;

/**
 * What recvmsg(2) took from a socket.
 *
 * @param content the bytes that arrived, as far as there was room
 * @param descriptors the descriptors that came with it; whoever holds this owns them
 * @param sender who sent it; empty unless SO_PASSCRED is set on the socket
 * @param contentTruncated bytes were lost (MSG_TRUNC)
 * @param controlTruncated descriptors were lost, or this process may not open any more (MSG_CTRUNC)
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record ReceivedMessage(
        byte[] content,
        List<Integer> descriptors,
        Optional<Credentials> sender,
        boolean contentTruncated,
        boolean controlTruncated) {

    /** The sender, as the kernel vouches for it: process and effective user id. */
    public record Credentials(int pid, int uid) {}
}
