package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.Backend.ConnectFailed;
import dev.dormouse.proxy.kernel.Errno;
import dev.dormouse.proxy.kernel.Kernel;
import dev.dormouse.proxy.kernel.Option;
import dev.dormouse.proxy.kernel.SocketAddresses;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a client that was let in gets its backend: one connect after another, until one succeeds. On the loop that keeps the client. */
final class Dial {
    /** What a connect has come to. */
    enum Outcome {
        /** {@link #connected} is the backend. */
        CONNECTED,
        UNDER_WAY,
        /** {@link #takeFailure} says why. */
        FAILED
    }

    private final Connection connection;
    private final Loop loop;

    private @Nullable SocketAddress address;
    private @Nullable Endpoint opened;
    private Optional<ConnectFailed> failed = Optional.empty();
    private int failures;

    Dial(Connection connection, Loop loop) {
        this.connection = connection;
        this.loop = loop;
    }

    /** Begins to connect. */
    Outcome connect(SocketAddress target) {
        int family = SocketAddresses.family(target);
        address = target;
        Kernel kernel = loop.kernel();
        int socket = kernel.streamSocket(family);
        if (socket < 0) {
            return failed(-socket);
        }
        boolean tcp = family != Kernel.AF_UNIX;
        if (tcp) {
            TcpOptions.ofBackend(kernel, socket);
        }
        Endpoint backend = new Endpoint(connection, socket, tcp);
        opened = backend;
        int result = kernel.connect(socket, target);
        if (result == 0 || result == -Errno.EINPROGRESS) {
            int watching = loop.watch(backend, socket, Endpoint.INTEREST);
            result = watching < 0 ? watching : result;
        }
        if (result == 0) {
            backend.becameWritable();
            return established(backend);
        }
        return result == -Errno.EINPROGRESS ? Outcome.UNDER_WAY : failed(-result);
    }

    /** The backend's socket is ready. */
    Outcome ready(Endpoint backend) {
        int error = loop.kernel().option(backend.descriptor(), Option.ERROR);
        if (error != 0) {
            return failed(Math.abs(error));
        }
        return backend.writable() ? established(backend) : Outcome.UNDER_WAY;
    }

    private Outcome established(Endpoint backend) {
        boolean itself = backend.tcp() && loop.kernel().connectedToItself(backend.descriptor());
        return itself ? failed(Errno.ECONNREFUSED) : Outcome.CONNECTED;
    }

    private Outcome failed(int error) {
        hangUp(false);
        failures++;
        Duration held = Duration.ofNanos(System.nanoTime() - connection.acceptedNanos());
        failed = Optional.of(new ConnectFailed(Objects.requireNonNull(address), Errno.words(error), failures, held));
        return Outcome.FAILED;
    }

    /** The last failure, once. */
    Optional<ConnectFailed> takeFailure() {
        Optional<ConnectFailed> taken = failed;
        failed = Optional.empty();
        return taken;
    }

    /** The backend, which is the caller's from now on. */
    Endpoint connected() {
        Endpoint backend = Objects.requireNonNull(opened, "nothing is connected");
        opened = null;
        return backend;
    }

    /** Closes what is under way. */
    void hangUp(boolean reset) {
        if (opened != null) {
            opened.close(loop, reset);
            opened = null;
        }
    }
}
