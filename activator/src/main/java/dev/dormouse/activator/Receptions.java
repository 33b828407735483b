package dev.dormouse.activator;

import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.filter.FilterDoor;
import dev.dormouse.activator.filter.Turnaways;
import dev.dormouse.activator.service.Surroundings;
import dev.dormouse.activator.waiting.WaitingPage;
import dev.dormouse.proxy.DatagramReception;
import dev.dormouse.proxy.Doorkeeper;
import dev.dormouse.proxy.HeldBounds;
import dev.dormouse.proxy.Reception;
import dev.dormouse.proxy.WaitingRoom;
import dev.dormouse.proxy.source.SourceLimit;
import dev.dormouse.units.journal.Journal;
import dev.dormouse.units.service.WakeFilter;
import java.util.Optional;
import java.util.OptionalInt;

/** How the clients of a service are met, as it is declared. */
record Receptions(Surroundings around) {
    /** That of a service; of one whose declaration is wrong, which its wake will say, nothing but the standard. */
    Reception of(Optional<ServiceConfig> declared) {
        int standard = around.settings().connectionsMaximum();
        return declared.map(config -> of(config, standard)).orElseGet(() -> Reception.plain(standard));
    }

    /** The same at its UDP sockets, which hold together what they hold. */
    DatagramReception ofDatagrams(Optional<ServiceConfig> declared) {
        int standard = around.settings().connectionsMaximum();
        return declared.map(config -> new DatagramReception(
                        config.limits().connectionsMaximum().orElse(standard),
                        config.edge()
                                .udpTimeout()
                                .map(text -> ServiceConfig.udpTimeout("udpTimeout", text))
                                .orElse(DatagramReception.STANDARD_TIMEOUT),
                        door(config),
                        HeldBounds.standard()))
                .orElseGet(() -> DatagramReception.plain(standard));
    }

    private Reception of(ServiceConfig config, int standard) {
        return new Reception(
                config.limits().connectionsMaximum().orElse(standard),
                door(config),
                config.edge().waitingPage().map(text ->
                        (WaitingRoom) new WaitingPage(config.name(), ServiceConfig.waitingPage("waitingPage", text))),
                config.edge().proxyProtocol(),
                sources(config));
    }

    private Journal journal(ServiceConfig config) {
        return event -> around.journal().tell(event.with("CONTAINER_NAME", config.container()));
    }

    private Optional<SourceLimit> sources(ServiceConfig config) {
        OptionalInt most = config.limits().connectionsPerSource();
        return most.isEmpty()
                ? Optional.empty()
                : Optional.of(new SourceLimit(
                        most.getAsInt(), new ResetClients(config.name(), around.agenda(), around.tally())::count));
    }

    private Optional<Doorkeeper> door(ServiceConfig config) {
        WakeFilter filter = config.edge().filter();
        return filter.isEmpty()
                ? Optional.empty()
                : Optional.of(new FilterDoor(
                        filter, new Turnaways(config.name(), around.agenda(), around.tally(), journal(config))));
    }
}
