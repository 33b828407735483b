package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.Backend;
import dev.dormouse.proxy.DataPlane;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Reception;
import dev.dormouse.proxy.kernel.Errno;
import dev.dormouse.proxy.kernel.Kernel;
import dev.dormouse.proxy.kernel.Option;
import java.util.ArrayList;
import java.util.List;

/** The data plane on epoll and splice. Thread-safe. */
public final class EpollDataPlane implements DataPlane {
    private static final int SOCK_STREAM = 1;

    private final Loops loops;

    private EpollDataPlane(Loops loops) {
        this.loops = loops;
    }

    /**
     * Starts a data plane.
     *
     * @param loops threads that serve, at least 1: one a core
     * @throws dev.dormouse.proxy.kernel.KernelException if the limit of open files leaves none for them
     */
    public static EpollDataPlane start(int loops) {
        if (loops < 1) {
            throw new IllegalArgumentException("a data plane needs at least one loop, not " + loops);
        }
        List<Loop> started = new ArrayList<>(loops);
        for (int number = 0; number < loops; number++) {
            Loop loop = Loop.open(number);
            started.add(loop);
        }
        Loops all = new Loops(started, new Kernel().descriptorLimit());
        for (Loop loop : started) {
            loop.start();
        }
        Trouble.prepare();
        return new EpollDataPlane(all);
    }

    @Override
    public Listener listen(int descriptor, Reception reception, Backend backend) {
        Kernel kernel = new Kernel();
        boolean tcp = family(kernel, descriptor) != Kernel.AF_UNIX;
        if (tcp) {
            TcpOptions.ofListener(kernel, descriptor);
        }
        kernel.setNonBlocking(descriptor);
        ListeningSocket listener = new ListeningSocket(loops, descriptor, tcp, reception, backend);
        loops.add(listener);
        return listener;
    }

    /** Its loops, for what is served on them besides. They end with it. */
    public List<Loop> loops() {
        return loops.all();
    }

    private static int family(Kernel kernel, int descriptor) {
        int type = kernel.option(descriptor, Option.TYPE);
        if (type < 0) {
            throw new IllegalArgumentException("descriptor " + descriptor + " is not a socket: " + Errno.words(-type));
        }
        if (type != SOCK_STREAM || kernel.option(descriptor, Option.ACCEPTS) != 1) {
            throw new IllegalArgumentException(
                    "descriptor " + descriptor + " is not a listening stream socket; use ListenStream= with Accept=no");
        }
        int family = kernel.option(descriptor, Option.DOMAIN);
        if (family != Kernel.AF_INET && family != Kernel.AF_INET6 && family != Kernel.AF_UNIX) {
            throw new IllegalArgumentException("descriptor " + descriptor + " listens on address family " + family
                    + "; only inet, inet6 and unix are served");
        }
        return family;
    }

    @Override
    public void close() {
        loops.close();
    }
}
