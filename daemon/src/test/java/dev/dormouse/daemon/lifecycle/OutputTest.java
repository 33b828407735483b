package dev.dormouse.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.log.LogEntry;
import dev.dormouse.daemon.log.LogQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attach and logs over runs that begin, end, fail to begin, and containers that go. */
@Timeout(20)
class OutputTest {
    private static final LogQuery FOLLOW =
            new LogQuery(true, true, Optional.empty(), Optional.empty(), Optional.empty(), true);

    @TempDir
    Path root;

    private Engine engine;
    private Containers containers;

    @BeforeEach
    void open() {
        engine = Engine.in(root);
        containers = engine.containers;
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    @Test
    void anAttachBeforeTheStartGetsAllOfThatRunAndNothingElse() throws Exception {
        ContainerRecord made = engine.create("nginx");
        containers.start("nginx");
        engine.write(made.id(), "stdout", "F", "earlier run");
        engine.runtime.exit(made.id(), 0);
        Containers.Attachment attached = containers.attach("nginx");
        containers.start("nginx");
        CompletableFuture<String> output = text(attached::stream);
        engine.write(made.id(), "stdout", "F", "one");
        engine.write(made.id(), "stderr", "F", "two");
        engine.runtime.exit(made.id(), 0);
        assertThat(output.get()).isEqualTo("one\ntwo\n");
        assertThat(engine.happened()).contains("attach");
    }

    @Test
    void aQuickAutoRemovedRunIsReadCompletely() throws Exception {
        ContainerRecord made = engine.createAutoRemoved("once");
        Containers.ExitWait removed = containers.waitFor("once", Containers.WaitCondition.REMOVED);
        Containers.Attachment attached = containers.attach("once");
        containers.start("once");
        engine.write(made.id(), "stdout", "F", "here and gone");
        engine.runtime.exit(made.id(), 0);
        removed.await();
        assertThat(engine.folder.log(made.id())).doesNotExist();
        assertThat(text(attached::stream).get()).isEqualTo("here and gone\n");
    }

    @Test
    void anAttachEndsWhenTheStartFailsAndWhenTheContainerGoes() throws Exception {
        ContainerRecord made = engine.create("nginx");
        engine.runtime.failStart(made.id(), "crun: nothing works");
        CompletableFuture<String> output = text(containers.attach("nginx")::stream);
        assertThatThrownBy(() -> containers.start("nginx")).hasMessageContaining("nothing works");
        assertThat(output.get()).isEmpty();
        CompletableFuture<String> next = text(containers.attach("nginx")::stream);
        containers.remove("nginx", false);
        assertThat(next.get()).isEmpty();
    }

    @Test
    void logsFollowUntilTheContainerHasExited() throws Exception {
        ContainerRecord made = engine.create("nginx");
        containers.start("nginx");
        engine.write(made.id(), "stdout", "F", "before");
        CountDownLatch first = new CountDownLatch(1);
        CompletableFuture<String> output = text(sink -> containers.logs("nginx", FOLLOW, entry -> {
            sink.accept(entry);
            first.countDown();
        }));
        first.await();
        engine.write(made.id(), "stdout", "F", "after");
        engine.runtime.exit(made.id(), 0);
        assertThat(output.get()).isEqualTo("before\nafter\n");
    }

    @Test
    void logsOfOneThatDoesNotRunEndAtOnce() throws Exception {
        engine.create("nginx");
        assertThat(text(sink -> containers.logs("nginx", FOLLOW, sink)).get()).isEmpty();
    }

    @Test
    void anInterruptedReaderLeaves() throws Exception {
        engine.create("nginx");
        containers.start("nginx");
        Containers.Attachment attached = containers.attach("nginx");
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                attached.stream(_ -> {});
                interrupted.complete(false);
            } catch (InterruptedException _) {
                interrupted.complete(true);
            }
        });
        reader.interrupt();
        assertThat(interrupted.get()).isTrue();
    }

    private interface Source {
        void into(Consumer<LogEntry> sink) throws InterruptedException;
    }

    private static CompletableFuture<String> text(Source source) {
        CompletableFuture<String> result = new CompletableFuture<>();
        StringBuilder text = new StringBuilder();
        Thread.ofVirtual().start(() -> {
            try {
                source.into(entry -> text.append(new String(entry.bytes(), StandardCharsets.UTF_8)));
                result.complete(text.toString());
            } catch (InterruptedException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
