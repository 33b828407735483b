package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.exec.RunningExec;
import dev.dormouse.daemon.log.LogEntry;

/** Shows a client what it asked to see of a process, for as long as it is there. */
final class ExecOutput implements RunningExec.Output {
    private final ExecEntry exec;
    private final RunningExec.Output client;
    private volatile boolean stopped;

    ExecOutput(ExecEntry exec, RunningExec.Output client) {
        this.exec = exec;
        this.client = client;
    }

    @Override
    public void write(LogEntry.Stream stream, byte[] bytes) {
        if (stopped || bytes.length == 0 || !isWanted(stream)) {
            return;
        }
        try {
            client.write(stream, bytes);
        } catch (RuntimeException _) {
            // It has gone. The process must not wait for it.
            stop();
            exec.abandon();
        }
    }

    private boolean isWanted(LogEntry.Stream stream) {
        return switch (stream) {
            case STDOUT -> exec.config().attached().stdout();
            case STDERR -> exec.config().attached().stderr();
        };
    }

    /** Nothing more is shown. */
    void stop() {
        stopped = true;
    }
}
