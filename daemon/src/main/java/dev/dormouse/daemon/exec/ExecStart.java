package dev.dormouse.daemon.exec;

/** What came of a start. */
public sealed interface ExecStart {
    /** It runs; whoever gets this must {@link RunningExec#await} it. */
    record Running(RunningExec process) implements ExecStart {}

    /**
     * It could not be executed.
     *
     * @param exitCode docker's: 127 there is no such command, else 126
     * @param reason in the runtime's words
     */
    record Refused(int exitCode, String reason) implements ExecStart {}
}
