package dev.dormouse.activator.service;

import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.service.ServiceNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a service's veto command says. A unit of its own asks it, which is root and knows the command; the answer is in a file. Used by tasks of
 * the agenda only.
 */
final class Consent {
    /** A consent is one to what is done now: neighbours that are still to be asked may take this long. */
    private static final Duration VALID = Duration.ofSeconds(30);

    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MOST_PAUSE = Duration.ofMinutes(1);
    private static final String YES = "0";
    private static final String OVERDUE = "124";

    private final String name;
    private final Surroundings around;
    private final Declared declared;
    private final Chronicle chronicle;
    private boolean asking;
    private Optional<Long> givenNanos = Optional.empty();
    private Optional<Long> refusedNanos = Optional.empty();
    private String told = "";

    Consent(String name, Surroundings around, Declared declared, Chronicle chronicle) {
        this.name = name;
        this.around = around;
        this.declared = declared;
        this.chronicle = chronicle;
    }

    /** Whether it may sleep, or rest on. Nobody is asked who is frozen, or does not run: nothing has changed there. */
    boolean isGiven(ServiceState state) {
        boolean asked = state instanceof ServiceState.Awake awake && !awake.isFrozen() && awake.containerRuns();
        return !asked
                || declared.rest().veto().isEmpty()
                || givenNanos.filter(nanos -> !isPast(nanos, VALID)).isPresent();
    }

    /** Until it is worth asking again. */
    Duration pause() {
        Duration stage = declared.firstStage();
        return stage.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : stage.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : stage;
    }

    /**
     * Asks, unless that is under way or was refused a moment ago.
     *
     * @param given called if it may
     */
    void ask(ContainerFacts facts, Runnable given) {
        if (asking || refusedNanos.filter(nanos -> !isPast(nanos, pause())).isPresent()) {
            return;
        }
        asking = true;
        around.background().execute(() -> {
            Optional<String> objection = objection(facts.runtimeFolder().resolve("veto-" + name));
            around.agenda().execute(() -> answered(objection, given));
        });
    }

    private void answered(Optional<String> objection, Runnable given) {
        asking = false;
        long now = around.agenda().nanos();
        if (objection.isPresent()) {
            refusedNanos = Optional.of(now);
            givenNanos = Optional.empty();
            // Once, not at each asking.
            if (!told.equals(objection.get())) {
                chronicle.vetoed(objection.get());
            }
            told = objection.get();
        } else {
            refusedNanos = Optional.empty();
            givenNanos = Optional.of(now);
            told = "";
            given.run();
        }
    }

    private Optional<String> objection(Path answer) {
        String unit = ServiceNames.vetoUnit(name);
        try {
            JobResult result = around.manager().start(unit);
            if (result != JobResult.DONE) {
                return Optional.of("could not be asked: start of " + unit + " ended with result "
                        + result.name().toLowerCase(Locale.ROOT));
            }
            String status = Files.readString(answer).strip();
            return switch (status) {
                case YES -> Optional.empty();
                case OVERDUE -> Optional.of("has not ended within 10 s");
                default -> Optional.of("ended with status " + status);
            };
        } catch (NoSuchFileException _) {
            return Optional.of("gave no answer: the container does not run");
        } catch (SystemdException | IOException e) {
            return Optional.of("could not be asked: " + e.getMessage());
        }
    }

    private boolean isPast(long since, Duration time) {
        return around.agenda().nanos() - since >= time.toNanos();
    }
}
