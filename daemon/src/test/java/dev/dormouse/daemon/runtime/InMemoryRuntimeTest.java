package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import org.junit.jupiter.api.AfterEach;

class InMemoryRuntimeTest extends ContainerRuntimeContract {
    private final InMemoryRuntime runtime = new InMemoryRuntime();

    @AfterEach
    void close() {
        runtime.close();
    }

    @Override
    protected ContainerRuntime runtime() {
        return runtime;
    }

    @Override
    protected ContainerRecord container(Behaviour behaviour) {
        ContainerRecord container = ContainerRecords.of("one", "anything");
        switch (behaviour) {
            case OBEDIENT -> {}
            case DEAF -> runtime.ignoreStopSignal(container.id());
            case BRIEF -> runtime.exitAtOnce(container.id(), 7);
            case BROKEN -> runtime.failStart(container.id(), "cannot start container one: no such file or directory");
        }
        runtime.compile(container);
        return container;
    }
}
