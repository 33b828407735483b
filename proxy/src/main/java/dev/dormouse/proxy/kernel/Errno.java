package dev.dormouse.proxy.kernel;

import java.lang.foreign.MemorySegment;

/** The numbers of errno(3) that the data plane tells apart; the same on all of Linux that Java 25 runs on. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int EINTR = 4;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int EPIPE = 32;
    public static final int EPROTO = 71;
    public static final int ENOPROTOOPT = 92;
    public static final int EOPNOTSUPP = 95;
    public static final int ENETDOWN = 100;
    public static final int ENETUNREACH = 101;
    public static final int ECONNABORTED = 103;
    public static final int ENOBUFS = 105;
    public static final int ECONNREFUSED = 111;
    public static final int EHOSTDOWN = 112;
    public static final int EHOSTUNREACH = 113;
    public static final int EINPROGRESS = 115;

    private static final int LONGEST_WORDS = 1024;

    private Errno() {}

    /** The operating system's words: {@code Connection refused}. */
    public static String words(int errno) {
        long address = new Kernel().errorText(errno);
        return MemorySegment.ofAddress(address).reinterpret(LONGEST_WORDS).getString(0);
    }
}
