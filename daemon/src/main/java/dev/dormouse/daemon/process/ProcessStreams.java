package dev.dormouse.daemon.process;

import dev.dormouse.daemon.error.EngineException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves the three streams of a process, each on its own virtual thread, so that none of them can stall another. */
final class ProcessStreams implements Closeable {
    private final Process process;
    private final BoundedOutput output;
    private final BoundedOutput error;
    private final List<Thread> pumps;
    private volatile @Nullable IOException inputFailure;

    ProcessStreams(Process process, Program.Input input, int outputLimit, int errorLimit) {
        this.process = process;
        this.output = new BoundedOutput(outputLimit, BoundedOutput.Keep.FIRST);
        this.error = new BoundedOutput(errorLimit, BoundedOutput.Keep.LAST);
        this.pumps = List.of(
                Thread.startVirtualThread(() -> write(input)),
                Thread.startVirtualThread(() -> read(process.getInputStream(), output)),
                Thread.startVirtualThread(() -> read(process.getErrorStream(), error)));
    }

    BoundedOutput output() {
        return output;
    }

    BoundedOutput error() {
        return error;
    }

    /**
     * Waits until all was read. A process left behind by the program may hold its output open: it is not waited for longer than the
     * limit.
     */
    void awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Thread pump : pumps) {
            boolean ended = pump.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            if (!ended) {
                return;
            }
        }
    }

    void throwInputFailure(String described) {
        IOException failure = inputFailure;
        if (failure != null) {
            throw new EngineException.Failed("the input of " + described + " failed: " + failure.getMessage(), failure);
        }
    }

    /** Ends the pumps that are left. */
    @Override
    public void close() {
        pumps.forEach(Thread::interrupt);
        for (Closeable stream :
                List.of(process.getOutputStream(), process.getInputStream(), process.getErrorStream())) {
            try {
                stream.close();
            } catch (IOException e) {
                // Only standard input can fail here: a program that ended without reading it. Its exit code tells the
                // story.
                inputFailure = inputFailure == null ? e : inputFailure;
            }
        }
    }

    private void write(Program.Input input) {
        try (OutputStream standardInput = process.getOutputStream()) {
            input.writeTo(standardInput);
        } catch (IOException e) {
            inputFailure = e;
        }
    }

    private static void read(InputStream stream, BoundedOutput into) {
        try (stream) {
            into.readAll(stream);
        } catch (IOException _) {
            // Closed under the reader, after the time limit or by close(): what was read until then is the output.
            return;
        }
    }
}
