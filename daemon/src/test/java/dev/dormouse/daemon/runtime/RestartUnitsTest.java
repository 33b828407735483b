package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartUnitsTest {
    @TempDir
    private Path folder;

    private final List<String> changed = new ArrayList<>();
    private Path marks;
    private RestartUnits units;

    @BeforeEach
    void wire() {
        RuntimePaths paths = new RuntimePaths(folder.resolve("state"), folder.resolve("run"), Path.of("/scripts"));
        marks = paths.autostart();
        units = new RestartUnits(paths, folder.resolve("etc"), dropIn -> changed.add(unit(dropIn)));
    }

    @Test
    void aPolicyHasADropInAndAMarkOnce() throws IOException {
        ContainerRecord web = always("web");
        units.configure(web);
        units.configure(web);
        assertThat(dropIn("web"))
                .content()
                .contains("ExecCondition=/scripts/container-may-start %i\n")
                .contains("Restart=always\n");
        assertThat(marks.resolve(web.id().value())).hasContent("web");
        assertThat(changed).containsExactly("dormouse-container@web.service");
    }

    @Test
    void noneHasNothingAndTakingThePolicyAwayLeavesNothing() {
        ContainerRecord web = always("web");
        units.configure(web.with(web.hostConfig().withRestartPolicy(RestartPolicy.NO)));
        assertThat(changed).isEmpty();
        units.configure(web);
        units.configure(web.with(web.hostConfig().withRestartPolicy(RestartPolicy.NO)));
        assertThat(dropIn("web").getParent()).doesNotExist();
        assertThat(marks).isEmptyDirectory();
        assertThat(changed).hasSize(2);
    }

    @Test
    void aNewNameMovesThemEvenWhenTheOldOneIsAnothersByNow() {
        ContainerRecord first = always("web");
        units.configure(first);
        ContainerRecord second = always("web");
        units.configure(second);
        ContainerRecord renamed = first.withNames("old-web", "old-web");
        units.configure(renamed);
        assertThat(dropIn("old-web")).exists();
        assertThat(dropIn("web")).content().contains(second.id().value());
        units.remove(first.id());
        assertThat(dropIn("old-web").getParent()).doesNotExist();
        assertThat(dropIn("web")).exists();
    }

    @Test
    void anAdministratorsDropInStays() throws IOException {
        ContainerRecord web = always("web");
        units.configure(web);
        Path own = Files.writeString(dropIn("web").resolveSibling("10-own.conf"), "[Unit]\n");
        units.remove(web.id());
        assertThat(dropIn("web")).doesNotExist();
        assertThat(own).exists();
    }

    @Test
    void noNameLeadsOutOfTheFolder() {
        for (String name : List.of("../../x", "a/b", "", ".hidden", "a\nb")) {
            assertThatThrownBy(() -> units.configure(always("web").withNames(name, name)))
                    .isInstanceOf(EngineException.Failed.class)
                    .hasMessageStartingWith("not the name of a container's unit: " + name);
        }
        assertThat(folder.resolve("etc")).doesNotExist();
    }

    private Path dropIn(String name) {
        return folder.resolve("etc/dormouse-container@" + name + ".service.d/50-restart.conf");
    }

    private static ContainerRecord always(String name) {
        ContainerRecord plain = ContainerRecords.of(name, "true");
        return plain.with(plain.hostConfig().withRestartPolicy(new RestartPolicy(RestartPolicy.Kind.ALWAYS, 0)));
    }

    private static String unit(Path dropIn) {
        return String.valueOf(dropIn.resolveSibling("").getFileName()).replaceFirst("\\.d$", "");
    }
}
