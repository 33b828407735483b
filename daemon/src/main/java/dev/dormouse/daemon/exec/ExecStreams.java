package dev.dormouse.daemon.exec;

import dev.dormouse.daemon.log.LogEntry;
import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.libc.Pollable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * This side of a process's streams, and what wakes those who wait at them when it is over: a process that it left running in the
 * container may keep the other side open. Thread-safe.
 */
final class ExecStreams {
    private static final int BLOCK = 32 << 10;
    /** What a slow client has not taken yet of an ended process's output, but not what another writes there for ever. */
    private static final int MOST_AFTERWARDS = 1 << 20;

    private final int wake;
    private final List<Pollable> all = new ArrayList<>();
    private Optional<Pollable> input = Optional.empty();
    private Optional<Pollable> output = Optional.empty();
    private Optional<Pollable> error = Optional.empty();
    private int writing;
    private boolean inputEnds;
    private boolean over;
    private boolean closed;

    private ExecStreams(int wake) {
        this.wake = wake;
    }

    /** None yet. */
    static ExecStreams none() {
        return new ExecStreams(Libc.eventfd());
    }

    /** What wakes: an eventfd. */
    int wake() {
        return wake;
    }

    /** Three pipes, under the names that the process is to open. */
    synchronized void pipes(ExecFiles files, boolean withInput) {
        if (withInput) {
            input = Optional.of(keep(Pollable.fifoToWrite(files.stdin(), wake)));
        }
        output = Optional.of(keep(Pollable.fifoToRead(files.stdout(), wake)));
        error = Optional.of(keep(Pollable.fifoToRead(files.stderr(), wake)));
    }

    synchronized void terminal(Pollable master) {
        input = Optional.of(keep(master));
        output = input;
    }

    private Pollable keep(Pollable one) {
        all.add(one);
        return one;
    }

    /** The size of the terminal; the caller knows that it is one. */
    synchronized void resize(int rows, int columns) {
        if (!closed) {
            output.ifPresent(terminal -> terminal.resize(rows, columns));
        }
    }

    boolean write(byte[] bytes, int length) {
        Optional<Pollable> to = beginWriting();
        try {
            return to.isPresent() && to.get().write(bytes, length);
        } finally {
            endWriting();
        }
    }

    private synchronized Optional<Pollable> beginWriting() {
        writing++;
        return (over || inputEnds) ? Optional.empty() : input;
    }

    private synchronized void endWriting() {
        writing--;
        if (writing == 0 && inputEnds) {
            closeInput();
        }
        notifyAll();
    }

    /** The reader of a pipe comes to its end. */
    synchronized void endInput() {
        inputEnds = true;
        if (writing == 0) {
            closeInput();
        }
    }

    private void closeInput() {
        input.filter(all::remove).ifPresent(Pollable::close);
        input = Optional.empty();
    }

    /** Reads both outputs to their ends, or until it is over. */
    void readAll(RunningExec.Output to) throws InterruptedException {
        Object turn = new Object();
        Thread second = Thread.ofPlatform()
                .name("exec-stderr")
                .daemon()
                .start(() -> error.ifPresent(stream -> read(stream, LogEntry.Stream.STDERR, turn, to)));
        output.ifPresent(stream -> read(stream, LogEntry.Stream.STDOUT, turn, to));
        second.join();
    }

    private void read(Pollable from, LogEntry.Stream stream, Object turn, RunningExec.Output to) {
        byte[] block = new byte[BLOCK];
        int left = MOST_AFTERWARDS;
        int count = from.read(block);
        while (count > 0 && left > 0) {
            byte[] piece = Arrays.copyOf(block, count);
            synchronized (turn) {
                to.write(stream, piece);
            }
            left -= isOver() ? count : 0;
            count = from.read(block);
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** Nobody waits at a stream any more. */
    synchronized void end() {
        if (!over) {
            over = true;
            Libc.signal(wake);
        }
    }

    /** Closes all; who reads has returned, who writes is waited for. */
    synchronized void close() throws InterruptedException {
        end();
        while (writing > 0) {
            wait();
        }
        if (!closed) {
            closed = true;
            all.forEach(Pollable::close);
            Libc.close(wake);
        }
    }
}
