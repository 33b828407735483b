package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.runtime.ContainerRuntime.Change;
import dev.dormouse.daemon.runtime.ContainerRuntime.Exit;
import dev.dormouse.daemon.runtime.ContainerRuntime.Running;
import dev.dormouse.daemon.spec.ContainerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what the files of a container say at one moment and the next into what happened between. Events of the kernel only say when to
 * look: one that is missed, doubled or late changes nothing. Not thread-safe.
 */
final class RunHistory {
    /** Docker's exit code where none is known. */
    private static final int UNKNOWN = 255;

    private record Known(Optional<Running> running, Optional<Instant> finished) {
        static final Known NOTHING = new Known(Optional.empty(), Optional.empty());
    }

    private final Map<ContainerId, Known> known = new HashMap<>();

    /** What is so now is no change. */
    void begin(ContainerId id, Optional<RunFiles.Begun> begun, Optional<RunFiles.Ended> ended) {
        known.put(
                id,
                new Known(unlessEnded(begun, ended), ended.map(run -> run.exit().finishedAt())));
    }

    void forget(ContainerId id) {
        known.remove(id);
    }

    /** What has happened since the last look, in order; a container never looked at before was nothing. */
    List<Change> look(ContainerId id, Optional<RunFiles.Begun> begun, Optional<RunFiles.Ended> ended) {
        Known before = known.getOrDefault(id, Known.NOTHING);
        List<Change> changes = new ArrayList<>();
        Optional<Running> current = unlessEnded(begun, ended);
        Optional<RunFiles.Ended> news = ended.filter(
                run -> !before.finished().equals(Optional.of(run.exit().finishedAt())));
        Optional<Running> running = before.running();

        if (news.isPresent() && news.get().pid() != 0) {
            Exit exit = news.get().exit();
            Running process = new Running(news.get().pid(), exit.startedAt());
            if (running.isPresent() && !running.get().equals(process)) {
                changes.add(lost(id, running.get(), exit.startedAt()));
                running = Optional.empty();
            }
            if (running.isEmpty()) {
                changes.add(new Change.Started(id, process));
            }
            changes.add(new Change.Exited(id, exit));
            running = Optional.empty();
        }
        if (current.isPresent() && !current.equals(running)) {
            running.ifPresent(
                    process -> changes.add(lost(id, process, current.get().startedAt())));
            changes.add(new Change.Started(id, current.get()));
            running = current;
        }
        // While the process is gone and its exit not yet written nothing is said: the file comes in a moment.
        known.put(id, new Known(running, ended.map(run -> run.exit().finishedAt())));
        return changes;
    }

    /** A run whose exit file the next run has replaced before we looked. */
    private static Change lost(ContainerId id, Running process, Instant latest) {
        return new Change.Exited(id, new Exit(UNKNOWN, process.startedAt(), latest));
    }

    /** The two files are not read at one instant: a run that has its exit has ended, whatever was read first. */
    private static Optional<Running> unlessEnded(Optional<RunFiles.Begun> begun, Optional<RunFiles.Ended> ended) {
        return begun.map(RunFiles.Begun::process)
                .filter(process -> ended.filter(run -> run.exit().startedAt().equals(process.startedAt()))
                        .isEmpty());
    }
}
