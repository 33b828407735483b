package dev.dormouse.daemon.declare;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.health.Health;
import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.reconcile.Observation;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.runtime.Restarts;
import dev.dormouse.daemon.runtime.RunRepair;
import dev.dormouse.units.manager.SystemdManager;
import dev.dormouse.units.service.Declaration;
import dev.dormouse.units.service.ListenTrouble;
import dev.dormouse.units.service.PassedService;
import dev.dormouse.units.service.PortOwner;
import dev.dormouse.units.service.ServiceNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A runtime that makes with a container the service that its labels declare, and takes it away with it. {@code containers/ID/service}
 * remembers the service's name, so that a rename, and an engine that was killed, leaves none behind.
 */
public final class DeclaringRuntime implements ContainerRuntime {
    private static final Path SERVICES = Path.of("/etc/dormouse/services");
    private static final Path UNITS = Path.of("/etc/systemd/system");

    private final ContainerRuntime runtime;
    private final Path containers;
    private final Function<ImageId, Map<String, String>> imageLabels;
    private final Optional<LabelledServices> services;

    DeclaringRuntime(
            ContainerRuntime runtime,
            Path containers,
            Function<ImageId, Map<String, String>> imageLabels,
            Optional<LabelledServices> services) {
        this.runtime = runtime;
        this.containers = containers;
        this.imageLabels = imageLabels;
        this.services = services;
    }

    /**
     * Of this machine.
     *
     * @param containers where each container's folder is
     * @param imageLabels the labels that an image gives its containers
     * @param systemd absent where it is not this machine's service manager: labels that declare a service are refused there
     */
    public static DeclaringRuntime of(
            ContainerRuntime runtime,
            Path containers,
            Function<ImageId, Map<String, String>> imageLabels,
            Optional<SystemdManager> systemd) {
        return new DeclaringRuntime(
                runtime,
                containers,
                imageLabels,
                systemd.map(manager -> new LabelledServices(
                        new ServiceBook(SERVICES, UNITS),
                        manager,
                        new ListenTrouble(new PortOwner(Path.of("/proc"))))));
    }

    @Override
    public void compile(ContainerRecord container) {
        Optional<Declaration> wanted = ServiceLabels.read(container, imageLabels);
        wanted.ifPresent(service -> services(label(service))
                .check(service, runtime.running(container).isPresent()));
        runtime.compile(container);
        Optional<String> before = remembered(container);
        before.filter(name -> !wanted.map(Declaration::name).equals(Optional.of(name)))
                .ifPresent(name -> services("listen")
                        .withdraw(name, container.name(), container.id().value()));
        wanted.ifPresent(service -> {
            DurableFile.write(memory(container), service.name() + "\n");
            services(label(service)).declare(service);
        });
    }

    @Override
    public void connect(ContainerRecord container) {
        runtime.connect(container);
    }

    @Override
    public void discard(ContainerRecord container) {
        remembered(container)
                .ifPresent(name -> services("listen")
                        .withdraw(name, container.name(), container.id().value()));
        runtime.discard(container);
    }

    private static String label(Declaration service) {
        return service instanceof PassedService ? PassedService.FIELD : "listen";
    }

    private LabelledServices services(String label) {
        return services.orElseThrow(() -> new EngineException.InvalidParameter("label dormouse." + label
                + ": systemd is not this machine's service manager, so there are no services"));
    }

    private Optional<String> remembered(ContainerRecord container) {
        try {
            return Optional.of(Files.readString(memory(container)).strip()).filter(ServiceNames::isName);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + memory(container) + ": " + e.getMessage(), e);
        }
    }

    private Path memory(ContainerRecord container) {
        return containers.resolve(container.id().value()).resolve("service");
    }

    @Override
    public void start(ContainerRecord container) {
        runtime.start(container);
    }

    @Override
    public void stop(ContainerRecord container, Optional<Integer> timeoutSeconds, Optional<String> signal) {
        runtime.stop(container, timeoutSeconds, signal);
    }

    @Override
    public void stopForNow(ContainerRecord container) {
        runtime.stopForNow(container);
    }

    @Override
    public void kill(ContainerRecord container, String signal) {
        runtime.kill(container, signal);
    }

    @Override
    public void leaveUnit(ContainerRecord container) {
        runtime.leaveUnit(container);
    }

    @Override
    public Optional<Running> running(ContainerRecord container) {
        return runtime.running(container);
    }

    @Override
    public Optional<Health> health(ContainerRecord container) {
        return runtime.health(container);
    }

    @Override
    public Optional<Exit> lastExit(ContainerRecord container) {
        return runtime.lastExit(container);
    }

    @Override
    public void expectKill(ContainerRecord container) {
        runtime.expectKill(container);
    }

    @Override
    public Restarts restarts(ContainerRecord container) {
        return runtime.restarts(container);
    }

    @Override
    public boolean restartsByItself() {
        return runtime.restartsByItself();
    }

    @Override
    public boolean isFrozen(ContainerRecord container) {
        return runtime.isFrozen(container);
    }

    @Override
    public Observation observation() {
        return runtime.observation();
    }

    @Override
    public RunRepair repair() {
        return runtime.repair();
    }

    @Override
    public Subscription watch(Consumer<Change> listener) {
        return runtime.watch(listener);
    }
}
