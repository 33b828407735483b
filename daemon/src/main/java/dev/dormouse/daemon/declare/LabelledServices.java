package dev.dormouse.daemon.declare;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.units.manager.DropInReload;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.manager.SystemdManager;
import dev.dormouse.units.service.Declaration;
import dev.dormouse.units.service.DeclarationException;
import dev.dormouse.units.service.DependencyOrder;
import dev.dormouse.units.service.ListenTrouble;
import dev.dormouse.units.service.PassedService;
import dev.dormouse.units.service.ServiceFiles;
import dev.dormouse.units.service.ServiceNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the services of containers' labels in place, as {@code dormouse enable} does, and takes them away. Thread-safe. */
final class LabelledServices {
    private static final Logger LOG = LoggerFactory.getLogger(LabelledServices.class);

    private final ServiceBook book;
    private final SystemdManager systemd;
    private final DropInReload reload;
    private final ListenTrouble trouble;

    LabelledServices(ServiceBook book, SystemdManager systemd, ListenTrouble trouble) {
        this.book = book;
        this.systemd = systemd;
        this.reload = new DropInReload(systemd);
        this.trouble = trouble;
    }

    /**
     * Whether a service may be declared; one that was enabled by hand stays as it is.
     *
     * @param running whether its container is
     * @throws EngineException.Conflict if another container's labels have the name
     * @throws EngineException.InvalidParameter if a service that it needs is not there, or needs it
     */
    void check(Declaration service, boolean running) {
        refuseForeign(service);
        if (running) {
            refuseMove(service);
        }
        for (String other : service.after()) {
            if (book.find(other).isEmpty() && !other.equals(service.name())) {
                throw new EngineException.InvalidParameter(
                        "label dormouse.after: no service named " + other + "; make its container first");
            }
        }
        try {
            DependencyOrder.refuseCycle(service.name(), service.after(), book::after);
        } catch (DeclarationException e) {
            throw new EngineException.InvalidParameter("label dormouse.after: " + e.getMessage());
        }
    }

    /**
     * Writes a service that was checked, and has its socket listen. The link that makes it listen from the boot on is the mark that all of
     * it is done: taken away first and made last, so that after an engine that was killed in between the next one does it again.
     *
     * @throws EngineException.Conflict if it cannot listen; nothing of it is left then
     */
    void declare(Declaration service) {
        String name = service.name();
        if (book.find(name).filter(entry -> entry.containerId().isEmpty()).isPresent()) {
            LOG.info(
                    "service {} was enabled by hand: the labels of container {} do not count",
                    name,
                    service.container());
            return;
        }
        ServiceFiles files = book.files(name);
        ServiceFiles.Content wanted = ServiceBook.content(files, service);
        ServiceFiles.Content before = files.read();
        String socket = ServiceNames.socketUnit(name);
        boolean done = book.bootLinks().has(socket);
        if (done && before.equals(wanted)) {
            return;
        }
        write(service, files, wanted);
        String timer = ServiceNames.warmTimer(name);
        try {
            stop(name);
            if (!wanted.isKeptWarm()) {
                book.warmLinks().remove(timer);
            }
            if (done || before.isEmpty()) {
                reload.changed(before.dropIns(), wanted.dropIns());
            } else {
                // Of what was written before the engine was killed systemd may know an earlier text.
                systemd.reload();
            }
            JobResult result = systemd.start(socket);
            if (result != JobResult.DONE) {
                throw new EngineException.Conflict("label dormouse.listen: " + reason(service));
            }
            if (wanted.isKeptWarm()) {
                systemd.start(timer);
                book.warmLinks().make(timer, template(timer));
            }
            book.bootLinks().make(socket, template(socket));
        } catch (SystemdException | DeclarationException e) {
            throw undone(service, failed(name, e));
        } catch (EngineException e) {
            throw undone(service, e);
        }
    }

    /** Takes a service away, with the run of its container that a client may just have begun; nothing if it is not that container's. */
    void withdraw(String name, String container, String containerId) {
        if (book.find(name).filter(entry -> entry.isOf(containerId)).isEmpty()) {
            return;
        }
        try {
            stop(name);
            systemd.stop(ServiceNames.containerUnit(container));
            remove(name);
        } catch (SystemdException | DeclarationException e) {
            throw new EngineException.Failed(
                    "cannot take service " + name + " of container " + container + " away: " + e.getMessage(), e);
        }
    }

    /** A container that is passed its sockets has them bound while it runs; under another name they could not be. */
    private void refuseMove(Declaration service) {
        ServiceFiles files = book.files(service.name());
        if (service instanceof PassedService
                && !files.read()
                        .dropIns()
                        .keySet()
                        .equals(ServiceBook.content(files, service).dropIns().keySet())) {
            throw new EngineException.Conflict("label dormouse.pass: the container runs and has the sockets of service "
                    + service.name() + " itself; stop it first");
        }
    }

    private void refuseForeign(Declaration service) {
        String container = service.origin().containerId().orElse("");
        book.find(service.name()).flatMap(ServiceBook.Entry::containerId).ifPresent(owner -> {
            if (!owner.equals(container)) {
                throw new EngineException.Conflict("label dormouse.name: service " + service.name()
                        + " is declared by the labels of container " + owner.substring(0, Math.min(12, owner.length()))
                        + "; choose another name, or remove that container");
            }
        });
    }

    /** One at a time: of two containers with one name of a service the first has it. */
    private synchronized void write(Declaration service, ServiceFiles files, ServiceFiles.Content content) {
        refuseForeign(service);
        try {
            book.bootLinks().remove(ServiceNames.socketUnit(service.name()));
            files.write(content);
        } catch (DeclarationException e) {
            throw undone(service, failed(service.name(), e));
        }
    }

    private static EngineException failed(String name, RuntimeException cause) {
        return new EngineException.Failed(
                "cannot make service " + name + " of the labels: " + cause.getMessage(), cause);
    }

    /** Timer and socket first: nobody wakes it any more. */
    private void stop(String name) {
        for (String unit : List.of(
                ServiceNames.warmTimer(name),
                ServiceNames.socketUnit(name),
                ServiceNames.proxyUnit(name),
                ServiceNames.pauseUnit(name))) {
            String active = systemd.state(unit).active();
            if (!active.equals("inactive") && !active.equals("failed")) {
                systemd.stop(unit);
            }
        }
    }

    private void remove(String name) {
        ServiceFiles files = book.files(name);
        ServiceFiles.Content before = files.read();
        book.warmLinks().remove(ServiceNames.warmTimer(name));
        book.bootLinks().remove(ServiceNames.socketUnit(name));
        book.bootLinks().remove(ServiceNames.pauseUnit(name));
        files.write(ServiceFiles.Content.NONE);
        reload.changed(before.dropIns(), Map.of());
        systemd.resetFailed(ServiceNames.socketUnit(name));
        systemd.resetFailed(ServiceNames.proxyUnit(name));
        systemd.stop(ServiceNames.relistenUnit(name));
    }

    private Path template(String unit) {
        return Path.of(String.valueOf(systemd.properties(unit, "Unit").get("FragmentPath")));
    }

    private EngineException undone(Declaration service, EngineException cause) {
        // It may listen by now, and what hinders the one need not hinder the other.
        for (Consumer<String> step : List.<Consumer<String>>of(this::stop, this::remove)) {
            try {
                step.accept(service.name());
            } catch (SystemdException | DeclarationException e) {
                cause.addSuppressed(e);
                LOG.error("service {} could not be undone: {}", service.name(), e.getMessage());
            }
        }
        return cause;
    }

    private String reason(Declaration service) {
        String known = service.front().listen().stream()
                .flatMap(address -> trouble.with(address).stream())
                .distinct()
                .collect(Collectors.joining("; "));
        String socket = ServiceNames.socketUnit(service.name());
        return known.isEmpty() ? socket + " cannot listen; see journalctl -u " + socket : known;
    }
}
