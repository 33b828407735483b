package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.process.Program;
import dev.dormouse.daemon.process.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the unit's scripts do with files of a run that a kill, or a full /run, left empty. */
class TornRunTest {
    private static final Path SCRIPTS = Path.of("../units/src/main/lib").toAbsolutePath();
    private static final String ID = "5".repeat(64);

    @TempDir
    private Path folder;

    private Path run;

    @BeforeEach
    void makeContainer() throws IOException {
        Path container =
                Files.createDirectories(folder.resolve("state/containers").resolve(ID));
        Path names = Files.createDirectories(folder.resolve("state/names"));
        Files.createSymbolicLink(names.resolve("web"), container);
        Files.writeString(
                container.resolve("unit.env"),
                "ID=" + ID + "\nNETWORK=none\nLAYERS=missing\nSTOP_SIGNAL=TERM\nSTOP_TIMEOUT=10\n");
        run = Files.createDirectories(folder.resolve("run/containers").resolve(ID));
        for (String name : new String[] {"units", "netns", "exits", "crun", "slots"}) {
            Files.createDirectories(folder.resolve("run").resolve(name));
        }
    }

    /** It fails only where the layers are put together. */
    @Test
    void anEmptyClaimIsTakenOver() throws IOException {
        Files.createFile(run.resolve("unit"));
        assertThat(direct("container-prepare").error()).contains("mount cannot put the layers");
        assertThat(run.resolve("unit")).hasContent("web");
        assertThat(folder.resolve("run/units/web")).hasContent(ID);
    }

    @Test
    void aUnitThatNamesNoContainerHasThatOfItsName() throws IOException {
        Files.createFile(folder.resolve("run/units/web"));
        assertThat(direct("container-prepare").error()).contains("mount cannot put the layers");
        assertThat(folder.resolve("run/units/web")).hasContent(ID);
    }

    /** To ExecCondition= 1 to 254 mean that there is nothing to be done, which systemd calls a start that is done. */
    @Test
    void aConditionThatCouldNotBeLookedAtIsAFailure() throws IOException {
        assertThat(script("container-prepare", "nobody").exit()).isEqualTo(255);
        assertThat(script("container-may-start", "nobody").exit()).isEqualTo(255);
        Files.createDirectory(run.resolve("restart.new")); // nothing can be written there
        assertThat(script("container-may-start", "web").exit()).isEqualTo(255);
    }

    @Test
    void aSlotWhoseOwnerWasKilledAsHeTookItIsGivenBack() throws IOException {
        Files.writeString(run.resolve("slot"), "1\n");
        Path slot = Files.createFile(folder.resolve("run/slots/1"));
        common("release_slot");
        assertThat(slot).doesNotExist();
        assertThat(run.resolve("slot")).doesNotExist();
    }

    @Test
    void aSlotOfAnotherIsLeftAlone() throws IOException {
        Files.writeString(run.resolve("slot"), "1\n");
        Path slot = Files.writeString(folder.resolve("run/slots/1"), "other\n");
        common("release_slot");
        assertThat(slot).hasContent("other");
    }

    /** max_wakes is not asked: the machine's own number is none of the test's. */
    @Test
    void withoutAFreeSlotNothingIsKeptOfTheAttempt() throws IOException {
        Files.writeString(folder.resolve("run/slots/1"), "other\n");
        common("max_wakes() { slots=1; }; take_slot && exit 9 || true");
        assertThat(run.resolve("slot")).doesNotExist();
        Files.delete(folder.resolve("run/slots/1"));
        common("max_wakes() { slots=1; }; take_slot");
        assertThat(folder.resolve("run/slots/1")).hasContent("web");
    }

    private void common(String commands) {
        folders(Program.of(
                        "sh",
                        "-euc",
                        ". \"$0\"; " + commands,
                        SCRIPTS.resolve("container-common").toString(),
                        "web"))
                .runOrThrow();
    }

    private Result direct(String script) {
        return folders(Program.of(SCRIPTS.resolve(script).toString(), "web").with("DORMOUSE_DIRECT", "yes"))
                .run();
    }

    private Result script(String script, String name) {
        return folders(Program.of(SCRIPTS.resolve(script).toString(), name)).run();
    }

    private Program folders(Program program) {
        return program.with("DORMOUSE_STATE", folder.resolve("state").toString())
                .with("DORMOUSE_RUN", folder.resolve("run").toString());
    }
}
