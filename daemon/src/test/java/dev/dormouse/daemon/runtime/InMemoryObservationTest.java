package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.reconcile.Observation;
import dev.dormouse.daemon.spec.ContainerId;
import org.junit.jupiter.api.AfterEach;

class InMemoryObservationTest extends ObservationContract {
    private final InMemoryRuntime runtime = new InMemoryRuntime();
    private final ContainerRecord record = ContainerRecords.of("one", "anything");

    @AfterEach
    void close() {
        runtime.close();
    }

    @Override
    Stage stage() {
        return new Stage() {
            @Override
            public Observation observation() {
                return runtime.observation();
            }

            @Override
            public ContainerId compiled() {
                runtime.compile(record);
                return record.id();
            }

            @Override
            public void start(ContainerId container) {
                runtime.start(record);
            }

            @Override
            public void exit(ContainerId container, int code) {
                runtime.exit(container, code);
            }

            @Override
            public void freeze(ContainerId container) {
                runtime.freeze(container);
            }
        };
    }
}
