package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.reconcile.Observation;
import dev.dormouse.daemon.reconcile.Observed;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the files in {@code /run/dormouse}, {@code /proc}, {@code /sys/fs/cgroup} and the supervisor say. */
final class SystemObservation implements Observation {
    private final RuntimePaths paths;
    private final RunFiles files;
    private final Supervisor supervisor;
    private final Kernel kernel;

    SystemObservation(RuntimePaths paths, Supervisor supervisor, Kernel kernel) {
        this.paths = paths;
        this.files = new RunFiles(paths);
        this.supervisor = supervisor;
        this.kernel = kernel;
    }

    @Override
    public Observed of(Subject subject) {
        ContainerId id = subject.id();
        Optional<RunFiles.Begun> begun = files.begun(id);
        Observed.Init init = begun.map(run -> init(id, run)).orElse(Observed.Init.GONE);
        boolean alive = init == Observed.Init.ALIVE;
        Optional<Observed.Exit> exit = alive ? Optional.empty() : exit(subject);
        boolean claimed = Files.exists(paths.claim(id));
        // To ask the supervisor costs a call on the bus; of ten thousand that are at rest it knows nothing.
        boolean ask = claimed || begun.isPresent() || (subject.open() && exit.isEmpty());
        return new Observed(
                ask ? supervisor.state(subject.unit(), id) : Observed.Unit.GONE,
                files.conmon(id).isPresent(),
                init,
                alive && kernel.isFrozen(begun.orElseThrow().process().pid()),
                alive || exit.isPresent() ? Optional.empty() : bootedSince(subject),
                subject.compiled() && Files.exists(paths.bundle(id)),
                alive && kernel.isMounted(paths.merged(id)),
                !subject.ownNamespace() || (alive && kernel.isMounted(paths.networkNamespace(id))),
                claimed,
                exit);
    }

    @Override
    public Set<ContainerId> traces() {
        Set<ContainerId> found = new HashSet<>();
        addNames(paths.runContainers(), found);
        addNames(paths.run().resolve("netns"), found);
        addNames(paths.run().resolve("crun"), found);
        kernel.mountedBelow(paths.containers())
                .forEach(mount -> id(mount.getName(0).toString()).ifPresent(found::add));
        return Set.copyOf(found);
    }

    private Observed.Init init(ContainerId id, RunFiles.Begun run) {
        long pid = run.process().pid();
        if (files.isOfThisBoot(id) && run.init().isAlive()) {
            return Observed.Init.ALIVE;
        }
        return Files.exists(Path.of("/proc", Long.toString(pid))) ? Observed.Init.REUSED : Observed.Init.GONE;
    }

    /** Of one whose end nobody wrote down; the others need not be asked about, and there are thousands of them. */
    private Optional<Instant> bootedSince(Subject subject) {
        return subject.open()
                ? subject.lastWord()
                        .flatMap(last -> Optional.of(kernel.booted()).filter(boot -> boot.isAfter(last)))
                : Optional.empty();
    }

    private Optional<Observed.Exit> exit(Subject subject) {
        return files.ended(subject.id())
                .map(RunFiles.Ended::exit)
                .filter(exit ->
                        subject.lastWord().filter(exit.finishedAt()::isBefore).isEmpty())
                .map(exit -> new Observed.Exit(exit.exitCode(), exit.finishedAt()));
    }

    private static void addNames(Path folder, Set<ContainerId> found) {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            entries.map(entry -> id(String.valueOf(entry.getFileName())))
                    .flatMap(Optional::stream)
                    .forEach(found::add);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Optional<ContainerId> id(String name) {
        try {
            return Optional.of(new ContainerId(name));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** When the machine was booted, mounts, frozen processes: what the kernel says. */
    interface Kernel {
        Instant booted();

        boolean isFrozen(long pid);

        boolean isMounted(Path point);

        /** Mount points below a folder, relative to it. */
        Set<Path> mountedBelow(Path folder);
    }
}
