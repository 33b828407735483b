package dev.dormouse.activator.service;

import dev.dormouse.activator.cgroup.ContainerCgroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The freezer of one container. It is shut, so that clients are held, before the kernel is asked to freeze, and open again when the kernel
 * has thawed. All but {@link #isShut} is for tasks of the agenda.
 */
final class Freezer {
    private final ContainerCgroup cgroup;
    private final Surroundings around;
    private final List<Consumer<Optional<String>>> opened = new ArrayList<>();
    private volatile boolean shut;
    private boolean writing;
    private boolean frozen;

    Freezer(ContainerCgroup cgroup, Surroundings around) {
        this.cgroup = cgroup;
        this.around = around;
    }

    ContainerCgroup cgroup() {
        return cgroup;
    }

    /** Whether clients must wait for it to open. Thread-safe. */
    boolean isShut() {
        return shut;
    }

    /** From when this returns no client goes straight through; {@link #freeze} or {@link #open} must follow. */
    void shut() {
        shut = true;
    }

    /**
     * Freezes.
     *
     * @param ended told what went wrong if anything did; it is open then
     */
    void freeze(Consumer<Optional<String>> ended) {
        write(true, problem -> {
            ended.accept(problem);
            if (problem.isPresent() || !opened.isEmpty()) {
                thaw(); // somebody came meanwhile
            }
        });
    }

    /**
     * Thaws, if it is frozen or about to be.
     *
     * @param ended told when it is open, with what went wrong if anything did
     */
    void open(Consumer<Optional<String>> ended) {
        boolean underWay = !opened.isEmpty();
        opened.add(ended);
        if (!underWay && !writing) {
            thaw();
        }
    }

    private void thaw() {
        if (frozen) {
            write(false, this::tellOpened);
        } else {
            tellOpened(Optional.empty());
        }
    }

    private void tellOpened(Optional<String> problem) {
        shut = false;
        List<Consumer<Optional<String>>> told = List.copyOf(opened);
        opened.clear();
        told.forEach(one -> one.accept(problem));
    }

    /** Elsewhere: the kernel has one lock for all changes of cgroups, and a container's start may have it for a while. */
    private void write(boolean freeze, Consumer<Optional<String>> ended) {
        writing = true;
        around.background().execute(() -> {
            Optional<String> problem = written(freeze);
            around.agenda().execute(() -> {
                writing = false;
                frozen = freeze && problem.isEmpty();
                ended.accept(problem);
            });
        });
    }

    private Optional<String> written(boolean freeze) {
        try {
            if (freeze) {
                cgroup.freeze();
            } else {
                cgroup.thaw();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
