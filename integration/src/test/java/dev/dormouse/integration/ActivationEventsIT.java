package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the activator does is in the engine's event stream, whether an engine was there or not. */
@ExtendWith(LeavesNothing.class)
class ActivationEventsIT {
    @Test
    void wakeAndSleepAreEventsOfTheContainerToldOnceOverTheEnginesLives() throws IOException {
        Instant begin = Instant.now();
        try (NginxService nginx = NginxService.enable("eventful", 8105, "3s", "--freeze-after", "1s")) {
            Shell.run("systemctl", "stop", "dormouse.service");
            assertThat(nginx.get().send().status()).isEqualTo(200);
            nginx.awaitAsleep();
            assertThat(SystemUnit.ENGINE.isInactive()).isTrue();

            List<String> whole = new ArrayList<>(List.of("awake", "frozen", "thawed", "asleep"));
            Await.until(
                    "all of it is told",
                    () -> words(begin).size() >= 3 && words(begin).contains("asleep"));
            List<String> told = words(begin);
            assertThat(told).doesNotHaveDuplicates().isSubsetOf(whole).contains("awake", "frozen", "asleep");
            assertThat(events(begin, "{{json .}}", "event=activation: awake"))
                    .singleElement()
                    .asString()
                    .contains(
                            "\"service\":\"eventful\"",
                            "\"outcome\":\"ready\"",
                            "\"readyMicros\":\"",
                            "\"name\":\"eventful\"")
                    .contains(Shell.run("docker", "inspect", "--format", "{{.Id}}", "eventful"));

            Shell.run("systemctl", "kill", "--signal=KILL", "dormouse.service");
            Shell.run(
                    "dormouse",
                    "enable",
                    "eventful",
                    "--listen",
                    "8105",
                    "--port",
                    "80",
                    "--idle",
                    "10m",
                    "--ready",
                    "http:/none,299",
                    "--deadline",
                    "2s");
            assertThatThrownBy(() -> nginx.get().send()).isInstanceOf(IOException.class);
            Await.until("the failure is told", () -> words(begin).contains("wake-failed"));
            assertThat(words(begin)).as("nothing twice").startsWith(told.toArray(String[]::new));
            assertThat(events(
                            begin,
                            "{{.Actor.Attributes.phase}} {{.Actor.Attributes.reason}}",
                            "event=activation: wake-failed"))
                    .first()
                    .asString()
                    .startsWith("ready container eventful: not ready");
        }
    }

    private static List<String> words(Instant begin) {
        return events(begin, "{{.Action}}", "event=activation").stream()
                .map(action -> action.replace("activation: ", ""))
                .toList();
    }

    private static List<String> events(Instant begin, String format, String filter) {
        return Shell.run(
                        "docker",
                        "events",
                        "--since",
                        begin.toString(),
                        "--until",
                        Instant.now().toString(),
                        "--filter",
                        "container=eventful",
                        "--filter",
                        "type=container",
                        "--filter",
                        filter,
                        "--format",
                        format)
                .lines()
                .toList();
    }
}
