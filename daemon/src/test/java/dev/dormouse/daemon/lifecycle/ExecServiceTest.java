package dev.dormouse.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.exec.ExecStart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ExecServiceTest {
    private static final ExecConfig.Attached ALL = new ExecConfig.Attached(true, true, true);

    @TempDir
    Path root;

    private Engine engine;
    private ExecService execs;
    private ContainerRecord web;
    private final List<String> shown = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        engine = Engine.in(root);
        execs = engine.containers.execs();
        web = engine.create("web");
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    @Test
    void onlyInAContainerThatRunsAndIsNotPaused() {
        assertThatThrownBy(() -> execs.create("web", config(false, ALL)))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessage("container " + web.id().value() + " is not running");
        assertThatThrownBy(() -> execs.create("nosuch", config(false, ALL)))
                .isInstanceOf(EngineException.NotFound.class);
        engine.containers.start("web");
        engine.execs.paused = true;
        assertThatThrownBy(() -> execs.create("web", config(false, ALL)))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("is paused, unpause the container before exec");
        assertThatThrownBy(() -> execs.requireStartable("0".repeat(64)))
                .hasMessage("No such exec instance: " + "0".repeat(64));
    }

    @Test
    void theEndOfTheInputReachesTheProcessAndItsOutputTheClient() throws Exception {
        String id = made(config(false, new ExecConfig.Attached(true, true, false)));
        assertThat(execs.of(web.id())).containsExactly(id);
        attach(id, input("hello"));
        assertThat(shown).as("standard error is not attached").containsExactly("STDOUT:hello");
        assertThat(execs.inspect(id).exitCode()).hasValue(0);
        assertThat(execs.of(web.id())).isEmpty();
        assertThat(engine.happened()).contains("exec_create: sh -c x", "exec_start: sh -c x", "exec_die");
        assertThatThrownBy(() -> execs.requireStartable(id))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("has already run");
    }

    @Test
    void whatCannotBeExecutedIsSaidInTheStreamOrToWhoDetaches() throws Exception {
        engine.execs.refusal = Optional.of(new ExecStart.Refused(127, "executable file `sh` not found in $PATH"));
        String id = made(config(false, ALL));
        attach(id, input(""));
        assertThat(shown)
                .singleElement()
                .asString()
                .contains("OCI runtime exec failed")
                .contains("not found in $PATH");
        assertThat(execs.inspect(id).exitCode()).hasValue(127);
        String alone = execs.create("web", config(false, ALL));
        assertThatThrownBy(() -> execs.detach(alone, Optional.empty()))
                .isInstanceOf(EngineException.InvalidParameter.class);
    }

    @Test
    void theKeysLeaveItRunning() throws Exception {
        String id = made(config(true, ALL));
        attach(id, input("typed\u0010\u0011"));
        assertThat(execs.inspect(id).running()).isTrue();
        assertThat(execs.isAnyRunning()).isTrue();
        assertThat(engine.happened()).contains("exec_detach");
        FakeExecs.Echo process = engine.execs.running.take();
        assertThat(process.taken()).isEqualTo("typed");
        execs.resize(id, new TerminalSize(24, 80));
        assertThat(process.size).contains(new TerminalSize(24, 80));
        process.end(3);
        while (execs.isAnyRunning()) {
            Thread.onSpinWait();
        }
        assertThat(shown).as("nobody was there any more").isEmpty();
        assertThat(execs.inspect(id).exitCode()).hasValue(3);
    }

    @Test
    void aClientThatGoesHangsItUp() throws Exception {
        String id = made(config(true, ALL));
        try (PipedOutputStream keys = new PipedOutputStream();
                PipedInputStream typed = new PipedInputStream(keys)) {
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread client = Thread.ofVirtual().start(() -> {
                try {
                    attach(id, typed);
                    interrupted.complete(false);
                } catch (InterruptedException _) {
                    interrupted.complete(true);
                }
            });
            engine.execs.running.take();
            client.interrupt();
            assertThat(interrupted.join()).isTrue();
            while (execs.isAnyRunning()) {
                Thread.onSpinWait();
            }
            assertThat(execs.inspect(id).exitCode()).hasValue(129);
        }
    }

    private String made(ExecConfig config) {
        engine.containers.start("web");
        return execs.create("web", config);
    }

    private void attach(String id, InputStream input) throws InterruptedException {
        execs.attach(
                id,
                Optional.empty(),
                input,
                (stream, bytes) -> shown.add(stream + ":" + new String(bytes, StandardCharsets.UTF_8)));
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ExecConfig config(boolean terminal, ExecConfig.Attached attached) {
        return new ExecConfig(
                List.of("sh", "-c", "x"), List.of(), "", "", false, terminal, attached, new byte[0], Optional.empty());
    }
}
