package dev.dormouse.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What is done to a machine's services, and what of it may be felt by whom. For several threads. */
final class Kills {
    private static final Path CONTAINERS = Path.of("/run/dormouse/containers");

    private final ConcurrentLinkedQueue<Harm> harms = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> acts = new ConcurrentLinkedQueue<>();
    private final Set<String> services;

    /** @param services all that there are */
    Kills(Collection<String> services) {
        this.services = Set.copyOf(services);
    }

    List<Harm> harms() {
        return List.copyOf(harms);
    }

    /** All that was done, also what harms nobody; with the time. */
    List<String> acts() {
        return List.copyOf(acts);
    }

    /** A crash of the activator takes the connections that it has, and no later one. */
    void activator() {
        mainProcess(SystemUnit.ACTIVATOR).ifPresent(process -> {
            long begin = begun("SIGKILL of the activator " + process.pid());
            process.destroyForcibly();
            Await.until("the killed activator is gone", () -> !process.isAlive());
            harms.add(new Harm("SIGKILL of the activator", services, begin, System.nanoTime()));
        });
    }

    /** Its planned end. */
    void terminateActivator() {
        mainProcess(SystemUnit.ACTIVATOR).ifPresent(process -> {
            begun("SIGTERM of the activator " + process.pid());
            process.destroy();
        });
    }

    /** May be cancelled by a client who comes meanwhile, as that one starts it. */
    void restartActivator() {
        begun("restart of the activator");
        Shell.attempt("systemctl", "try-restart", SystemUnit.ACTIVATOR.name());
    }

    /** No container notices. */
    void engine() {
        Shell.attempt(
                "curl",
                "--silent",
                "--max-time",
                "30",
                "--unix-socket",
                "/run/dormouse/docker.sock",
                "http://engine/_ping");
        mainProcess(SystemUnit.ENGINE).ifPresent(process -> {
            begun("SIGKILL of the engine " + process.pid());
            process.destroyForcibly();
        });
    }

    /** @param victims whose clients notice */
    void conmon(String container, String id, Set<String> victims) {
        kill("conmon", container, id, "conmon", victims);
    }

    /** @param victims whose clients notice */
    void container(String container, String id, Set<String> victims) {
        kill("first process", container, id, "pid", victims);
    }

    /** @param victims whose clients notice */
    void stop(String container, Set<String> victims) {
        SystemUnit unit = SystemUnit.container(container);
        String run = unit.property("InvocationID");
        long begin = begun("stop of " + container);
        // A client who comes meanwhile cancels the job, but not the stop.
        Shell.attempt("systemctl", "stop", unit.name());
        awaitEnd(container, unit, run);
        harms.add(new Harm("stop of " + container, victims, begin, System.nanoTime()));
    }

    private void kill(String what, String container, String id, String file, Set<String> victims) {
        SystemUnit unit = SystemUnit.container(container);
        String run = unit.property("InvocationID");
        process(CONTAINERS.resolve(id).resolve(file)).ifPresent(process -> {
            String act = "SIGKILL of %s of %s (%d)".formatted(what, container, process.pid());
            long begin = begun(act);
            process.destroyForcibly();
            awaitEnd(container, unit, run);
            harms.add(new Harm(act, victims, begin, System.nanoTime()));
        });
    }

    private static void awaitEnd(String container, SystemUnit unit, String run) {
        Await.until(
                "the run of " + container + " is over",
                () -> !unit.property("InvocationID").equals(run)
                        || Set.of("inactive", "failed").contains(unit.state()));
    }

    private long begun(String act) {
        long now = System.nanoTime();
        acts.add("%s at %d ms".formatted(act, now / 1_000_000));
        return now;
    }

    private static Optional<ProcessHandle> mainProcess(SystemUnit unit) {
        return process(unit.property("MainPID"));
    }

    /** That of a container that just ends may be gone already, or not there yet. */
    private static Optional<ProcessHandle> process(Path file) {
        try {
            return process(Files.readString(file).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<ProcessHandle> process(String pid) {
        return pid.isEmpty() || pid.equals("0") ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
    }
}
