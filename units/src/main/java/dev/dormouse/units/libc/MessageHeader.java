package dev.dormouse.units.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.dormouse.units.libc.ReceivedMessage.Credentials;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code struct msghdr} of recvmsg(2) and sendmsg(2) on 64-bit Linux, with one buffer and room for control messages, which cmsg(3)
 * lays out: {@code size_t len; int level; int type;}, then the data, each aligned to 8 bytes.
 */
final class MessageHeader {
    private static final int SCM_RIGHTS = 1;
    private static final int SCM_CREDENTIALS = 2;
    private static final int MSG_CTRUNC = 0x8;
    private static final int MSG_TRUNC = 0x20;
    /** The kernel's bound on descriptors in one message (SCM_MAX_FD). */
    private static final int MOST_DESCRIPTORS = 253;

    private static final long HEADER = 56;
    private static final long IOV = 16;
    private static final long IOV_COUNT = 24;
    private static final long CONTROL = 32;
    private static final long CONTROL_SIZE = 40;
    private static final long FLAGS = 48;

    private static final long CMSG_HEADER = 16;
    private static final long CMSG_LEVEL = 8;
    private static final long CMSG_TYPE = 12;
    private static final long UCRED = 12;

    private final MemorySegment header;
    private final MemorySegment content;
    private final MemorySegment control;

    private MessageHeader(Arena arena, MemorySegment content, long controlSize) {
        this.header = arena.allocate(HEADER, Long.BYTES);
        this.content = content;
        this.control = arena.allocate(controlSize, Long.BYTES);
        MemorySegment iov = arena.allocate(2L * Long.BYTES, Long.BYTES);
        iov.set(ADDRESS, 0, content);
        iov.set(JAVA_LONG, Long.BYTES, content.byteSize());
        header.set(ADDRESS, IOV, iov);
        header.set(JAVA_LONG, IOV_COUNT, 1);
        if (controlSize > 0) {
            header.set(ADDRESS, CONTROL, control);
            header.set(JAVA_LONG, CONTROL_SIZE, controlSize);
        }
    }

    static MessageHeader toReceive(Arena arena, int size, int descriptors) {
        if (descriptors > MOST_DESCRIPTORS) {
            throw new IllegalArgumentException(
                    "a message carries at most " + MOST_DESCRIPTORS + " descriptors: " + descriptors);
        }
        return new MessageHeader(arena, arena.allocate(size), rightsSpace(descriptors) + space(UCRED));
    }

    static MessageHeader toSend(Arena arena, byte[] bytes, List<Integer> descriptors) {
        MessageHeader made =
                new MessageHeader(arena, arena.allocateFrom(JAVA_BYTE, bytes), rightsSpace(descriptors.size()));
        if (!descriptors.isEmpty()) {
            made.control.set(JAVA_LONG, 0, CMSG_HEADER + (long) descriptors.size() * Integer.BYTES);
            made.control.set(JAVA_INT, CMSG_LEVEL, Libc.SOL_SOCKET);
            made.control.set(JAVA_INT, CMSG_TYPE, SCM_RIGHTS);
            for (int i = 0; i < descriptors.size(); i++) {
                made.control.set(JAVA_INT, CMSG_HEADER + (long) i * Integer.BYTES, descriptors.get(i));
            }
        }
        return made;
    }

    MemorySegment segment() {
        return header;
    }

    /** What recvmsg(2) put here, once it has returned the length. */
    ReceivedMessage received(long length) {
        List<Integer> descriptors = new ArrayList<>();
        Optional<Credentials> sender = Optional.empty();
        long filled = header.get(JAVA_LONG, CONTROL_SIZE);
        long at = 0;
        while (at + CMSG_HEADER <= filled) {
            long size = control.get(JAVA_LONG, at);
            if (size < CMSG_HEADER || at + size > filled) {
                break;
            }
            if (control.get(JAVA_INT, at + CMSG_LEVEL) == Libc.SOL_SOCKET) {
                switch (control.get(JAVA_INT, at + CMSG_TYPE)) {
                    case SCM_RIGHTS -> addDescriptors(descriptors, at + CMSG_HEADER, at + size);
                    case SCM_CREDENTIALS ->
                        sender = Optional.of(new Credentials(
                                control.get(JAVA_INT, at + CMSG_HEADER),
                                control.get(JAVA_INT, at + CMSG_HEADER + Integer.BYTES)));
                    default -> {} // SCM_SECURITY and SCM_PIDFD, if someone asked for them on this socket
                }
            }
            at += aligned(size);
        }
        int flags = header.get(JAVA_INT, FLAGS);
        return new ReceivedMessage(
                content.asSlice(0, length).toArray(JAVA_BYTE),
                List.copyOf(descriptors),
                sender,
                (flags & MSG_TRUNC) != 0,
                (flags & MSG_CTRUNC) != 0);
    }

    private void addDescriptors(List<Integer> descriptors, long from, long to) {
        for (long at = from; at + Integer.BYTES <= to; at += Integer.BYTES) {
            descriptors.add(control.get(JAVA_INT, at));
        }
    }

    private static long rightsSpace(int descriptors) {
        return descriptors == 0 ? 0 : space((long) descriptors * Integer.BYTES);
    }

    private static long space(long data) {
        return CMSG_HEADER + aligned(data);
    }

    private static long aligned(long size) {
        return (size + 7) & -8;
    }
}
