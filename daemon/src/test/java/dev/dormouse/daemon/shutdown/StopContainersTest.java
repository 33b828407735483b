package dev.dormouse.daemon.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class StopContainersTest {
    private final List<String> announced = new ArrayList<>();

    private String stop(Fleet fleet) {
        return new StopContainers(fleet, 15, time -> announced.add(time.toString()), Duration.ofMillis(50)).run();
    }

    @Test
    void dependentsComeFirst() {
        Fleet fleet = new Fleet()
                .with("db", 3)
                .with("web", 2, "app")
                .with("app", 20, "db", "cache")
                .with("cache", 4)
                .with("lonely", 1);
        assertThat(stop(fleet)).isEqualTo("5 stopped in 3 levels");
        assertThat(fleet.log.subList(0, 2)).containsExactlyInAnyOrder("stopped web", "stopped lonely");
        assertThat(fleet.log.get(2)).isEqualTo("stopped app");
        assertThat(fleet.log.subList(3, 5)).containsExactlyInAnyOrder("stopped db", "stopped cache");
        assertThat(announced).as("the largest of each level, and five").containsExactly("31 s");
    }

    @Test
    void noneIsNoWork() {
        assertThat(stop(new Fleet())).isEqualTo("none ran");
        assertThat(announced).isEmpty();
    }

    @Test
    void oneThatFailsAndOneThatHangsKeepNoOtherFromItsStop() {
        Fleet fleet = new Fleet()
                .with("db", 1)
                .with("app", 0, "db")
                .with("web", 0, "app")
                .failing("web")
                .hanging("app");
        assertThatThrownBy(() -> stop(fleet))
                .isInstanceOf(ContainerStopException.class)
                .hasMessage(
                        "of 3 containers, 2 did not stop as they should: container web could not be stopped: systemd is on"
                                + " fire; the stop of container app hung: it was killed")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
        assertThat(fleet.log).containsExactly("killed app", "stopped db");
    }

    @Test
    void aCircleIsCut() {
        Fleet fleet = new Fleet().with("a", 0, "b").with("b", 0, "a").with("c", 0, "a");
        stop(fleet);
        assertThat(fleet.log).containsExactly("stopped c", "stopped a", "stopped b");
        assertThat(Dependencies.of(
                                new Fleet().with("a", 0, "b").with("b", 0, "a").running())
                        .stoppedBefore()
                        .values())
                .as("systemd would cut it by leaving out a stop")
                .hasSize(1);
    }

    @Test
    void aServiceIsAllItsContainersAndOnlyThoseOfTheProject() {
        List<ContainerRecord> containers = new Fleet()
                .with("db-1", 0)
                .with("db-2", 0)
                .with("app", 0, "db", "gone")
                .running();
        var before = Dependencies.of(containers).stoppedBefore();
        assertThat(before.get(containers.get(2)))
                .extracting(ContainerRecord::name)
                .containsExactly("db-1", "db-2");
        assertThat(before).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        // shutdown-timeout, stop time-outs of one level, result
        "15, '', 15 s",
        "15, '1', 15 s",
        "15, '10', 15 s",
        "15, '11', 16 s",
        "15, '1 30 2', 35 s",
        "60, '1 30 2', 60 s",
        "15, '1 -1 2', for ever",
        "15, '-2', for ever",
        "-1, '1', for ever",
        "0, '0', 5 s",
    })
    void theTimeIsComputed(int shutdownTimeout, String stopTimeouts, String time) {
        List<ContainerRecord> level = stopTimeouts.isEmpty()
                ? List.of()
                : List.of(stopTimeouts.split(" ", -1)).stream()
                        .map(seconds -> Fleet.container("c", Integer.parseInt(seconds)))
                        .toList();
        assertThat(StopTime.of(List.of(level), 64, shutdownTimeout)).hasToString(time);
    }

    @Test
    void levelsAndTurnsAddUp() {
        List<ContainerRecord> three =
                IntStream.range(0, 3).mapToObj(i -> Fleet.container("c" + i, 7)).toList();
        assertThat(StopTime.of(List.of(three, three), 64, 0)).hasToString("19 s");
        assertThat(StopTime.of(List.of(three), 2, 0)).as("three, two at once").hasToString("19 s");
    }
}
