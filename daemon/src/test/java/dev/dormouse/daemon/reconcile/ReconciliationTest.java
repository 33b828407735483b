package dev.dormouse.daemon.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows are those of docs/reconciliation.md: the page is the test's table, and the test is what keeps the page true. */
class ReconciliationTest {
    private static final Path PAGE = Path.of("../docs/reconciliation.md");
    private static final Instant BOOT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Observed.Exit EXIT = new Observed.Exit(7, Instant.parse("2026-01-02T00:00:00Z"));
    private static final Set<String> ALSO =
            Set.of("frozen", "rebooted", "no bundle", "no mount", "no namespace", "remains", "exit known");

    @ParameterizedTest(name = "{0}, unit {1}, conmon {2}, process {3}, {4}: {5}")
    @MethodSource("rows")
    void theTable(String record, String unit, String conmon, String process, String also, String outcome) {
        Recorded recorded = Recorded.valueOf(record.toUpperCase(Locale.ROOT));
        Set<String> facts = also.equals("-") || also.equals("any") ? Set.of() : Set.of(also.split(", ", -1));
        assertThat(ALSO).containsAll(facts);
        List<Observed> truths = truths(unit, conmon, process, facts, also.equals("any"));
        assertThat(truths)
                .isNotEmpty()
                .allSatisfy(truth -> assertThat(words(Reconciliation.outcome(recorded, truth)))
                        .isEqualTo(outcome));
    }

    static Stream<Arguments> rows() throws IOException {
        List<Arguments> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| "))
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .filter(cells -> cells.size() == 9)
                .filter(cells -> !cells.get(1).equals("record") && !cells.get(1).startsWith("---"))
                .map(cells ->
                        arguments(cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5), cells.get(6)))
                .toList();
        assertThat(rows).hasSizeGreaterThan(40);
        return rows.stream();
    }

    @Test
    void everyCombinationHasAnOutcomeThatTouchesNothingItMustNot() {
        for (Recorded recorded : Recorded.values()) {
            for (Observed truth : allTruths()) {
                Outcome outcome = Reconciliation.outcome(recorded, truth);
                boolean alive = truth.init() == Observed.Init.ALIVE;
                switch (outcome) {
                    case Outcome.Adopt adopt -> {
                        assertThat(alive && truth.conmon()).isTrue();
                        assertThat(adopt.paused()).isEqualTo(truth.frozen());
                    }
                    case Outcome.RecordExit _, Outcome.RecordLost _, Outcome.Keep _ -> {
                        assertThat(alive).isFalse();
                        assertThat(truth.unit()).isEqualTo(Observed.Unit.GONE);
                        assertThat(truth.remains()).isFalse();
                    }
                    case Outcome.TearDown _ ->
                        assertThat(alive || truth.remains()).isTrue();
                    case Outcome.AwaitEnd _ -> assertThat(alive).isFalse();
                    case Outcome.LeaveToUnit _ -> assertThat(truth.unit()).isEqualTo(Observed.Unit.CHANGING);
                    case Outcome.FinishRemoval _ -> assertThat(recorded).isEqualTo(Recorded.REMOVING);
                    case Outcome.LeaveDead _ -> assertThat(recorded).isEqualTo(Recorded.DEAD);
                }
            }
        }
    }

    private static List<Observed> truths(
            String unit, String conmon, String process, Set<String> facts, boolean anyFacts) {
        return allTruths().stream()
                .filter(truth -> matches(unit, truth.unit().name()))
                .filter(truth -> matches(conmon, truth.conmon() ? "there" : "gone"))
                .filter(truth -> matches(process, truth.init().name()))
                .filter(truth -> anyFacts || facts(truth).equals(facts))
                .toList();
    }

    private static boolean matches(String cell, String value) {
        return cell.equals("any") || cell.equals(value.toLowerCase(Locale.ROOT));
    }

    private static Set<String> facts(Observed truth) {
        return Stream.of(
                        truth.frozen() ? "frozen" : "",
                        truth.bootedSince().isPresent() ? "rebooted" : "",
                        truth.bundle() ? "" : "no bundle",
                        truth.mount() ? "" : "no mount",
                        truth.namespace() ? "" : "no namespace",
                        truth.remains() ? "remains" : "",
                        truth.exit().isPresent() ? "exit known" : "")
                .filter(fact -> !fact.isEmpty())
                .collect(java.util.stream.Collectors.toSet());
    }

    /** Every combination, also those that cannot be. */
    private static List<Observed> allTruths() {
        List<Observed> all = new java.util.ArrayList<>();
        for (Observed.Unit unit : EnumSet.allOf(Observed.Unit.class)) {
            for (Observed.Init init : EnumSet.allOf(Observed.Init.class)) {
                for (int bits = 0; bits < 1 << 8; bits++) {
                    all.add(new Observed(
                            unit,
                            (bits & 1) != 0,
                            init,
                            (bits & 2) != 0,
                            (bits & 4) != 0 ? Optional.of(BOOT) : Optional.empty(),
                            (bits & 8) != 0,
                            (bits & 16) != 0,
                            (bits & 32) != 0,
                            (bits & 64) != 0,
                            (bits & 128) != 0 ? Optional.of(EXIT) : Optional.empty()));
                }
            }
        }
        return all;
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Keep keep -> "keep" + repairs(keep.repairs());
            case Outcome.Adopt adopt -> (adopt.paused() ? "adopt paused" : "adopt") + repairs(adopt.repairs());
            case Outcome.LeaveToUnit _ -> "leave to unit";
            case Outcome.AwaitEnd _ -> "await end";
            case Outcome.RecordExit exit -> {
                assertThat(exit.exit()).isEqualTo(EXIT);
                yield "record exit" + repairs(exit.repairs());
            }
            case Outcome.RecordLost lost ->
                "record 255 " + lost.by().map(_ -> "at boot").orElse("now") + repairs(lost.repairs());
            case Outcome.TearDown end -> "tear down " + end.reason() + repairs(end.repairs());
            case Outcome.FinishRemoval _ -> "finish removal";
            case Outcome.LeaveDead _ -> "leave dead";
        };
    }

    private static String repairs(Set<Outcome.Repair> repairs) {
        StringBuilder words = new StringBuilder();
        for (Outcome.Repair repair : Outcome.Repair.values()) {
            if (repairs.contains(repair)) {
                words.append(", ").append(repair.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        }
        return words.toString();
    }
}
