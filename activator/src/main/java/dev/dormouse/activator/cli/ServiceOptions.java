package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.Relations;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.service.ServiceDeclaration;
import dev.dormouse.units.service.SocketAccess;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code dormouse enable} that say what a service has to do with its container, its socket and other services. */
final class ServiceOptions {
    @Option(
            names = "--container",
            paramLabel = "NAME",
            description = "The container that the service wakes (default: the one of the service's name).")
    private @Nullable String container;

    @Option(
            names = "--after",
            split = ",",
            paramLabel = "SERVICE",
            description = "Services that are woken first, and must be ready before the container starts; repeatable.")
    private List<String> after = List.of();

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "Services of one group wake together, and sleep when all of them are idle.")
    private @Nullable String group;

    @Option(
            names = "--min-awake",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "Once woken it stays awake at least this long, 0s to 24h (default: 0s).")
    private String minAwake = "0s";

    @Option(
            names = "--socket-mode",
            paramLabel = "MODE",
            description = "Who may connect to the unix sockets, as octal mode (default: 0666).")
    private @Nullable String mode;

    @Option(names = "--socket-user", paramLabel = "USER", description = "Owner of the unix sockets (default: root).")
    private @Nullable String user;

    @Option(names = "--socket-group", paramLabel = "GROUP", description = "Group of the unix sockets (default: root).")
    private @Nullable String socketGroup;

    /**
     * What was asked for.
     *
     * @throws dev.dormouse.activator.config.ConfigException if a name is none
     * @throws dev.dormouse.units.service.DeclarationException if the access to the socket is none
     * @throws IllegalArgumentException if a time is none
     */
    Relations relations(String name) {
        return new Relations(
                container(name),
                after.stream().map(Names::checked).distinct().toList(),
                Optional.ofNullable(group).map(Names::checked),
                ServiceConfig.minAwake("--min-awake", minAwake),
                false,
                access(),
                ServiceDeclaration.Origin.ENABLE);
    }

    /** The container of the service {@code name}, likewise checked. */
    String container(String name) {
        return Names.checked(Optional.ofNullable(container).orElse(name));
    }

    /** Who may connect to its unix sockets, likewise checked. */
    SocketAccess access() {
        return new SocketAccess(Optional.ofNullable(mode), Optional.ofNullable(user), Optional.ofNullable(socketGroup));
    }
}
