package dev.dormouse.units.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What systemd is told of a service, as drop-ins by their path below the folder of units: docs/internals.md, The units of a service. */
final class DropIns {
    /** The name of a drop-in that only a service that is kept warm has. */
    static final String TIMER = "keep-warm.conf";

    /**
     * The answer goes out from the address that was asked, which the kernel tells of a datagram if that was asked for before it came. NoDelay= is
     * refused by a UDP socket; TCP sockets have it from the data plane.
     */
    private static final String DATAGRAMS = "PassPacketInfo=yes\nNoDelay=no\n";

    private DropIns() {}

    static Map<String, String> of(Declaration service) {
        return switch (service) {
            case ServiceDeclaration proxied -> of(proxied);
            case PassedService passed -> of(passed);
        };
    }

    private static Map<String, String> of(PassedService service) {
        Map<String, String> files = new LinkedHashMap<>();
        String head = head(service);
        String socket = ServiceNames.socketUnit(service.name());
        String container = ServiceNames.containerUnit(service.container());
        files.put(folder(socket) + "listen.conf", head + socket(service.front()) + "Service=" + container + "\n");
        files.put(
                folder(container) + "passed-" + service.name() + ".conf",
                head + "# However the container is started, it is passed the sockets.\n[Service]\nSockets=" + socket
                        + "\n");
        return files;
    }

    private static String head(Declaration service) {
        return "# Written by Dormouse for service " + service.name()
                + ", and goes with it. Other files of this folder stay.\n";
    }

    private static Map<String, String> of(ServiceDeclaration service) {
        Map<String, String> files = new LinkedHashMap<>();
        String name = service.name();
        String head = head(service);
        files.put(folder(ServiceNames.socketUnit(name)) + "listen.conf", head + socket(service.front()));
        files.put(folder(ServiceNames.proxyUnit(name)) + "wake.conf", head + proxy(service));
        files.put(
                folder(ServiceNames.containerUnit(service.target().container())) + "service-" + name + ".conf",
                head + "# However the container is started, it is held to the service's idle time.\n"
                        + unit(List.of(ServiceNames.proxyUnit(name))));
        service.bonds()
                .group()
                .ifPresent(group -> files.put(
                        folder(ServiceNames.groupUnit(group)) + "service-" + name + ".conf",
                        head + unit(List.of(ServiceNames.proxyUnit(name)))));
        List<WarmWindow> warm = service.times().rules().keepWarm();
        if (!warm.isEmpty()) {
            files.put(folder(ServiceNames.warmTimer(name)) + TIMER, head + timer(warm));
        }
        return files;
    }

    private static String timer(List<WarmWindow> windows) {
        return "[Timer]\n"
                + windows.stream()
                        .map(window -> "OnCalendar=" + window.calendar() + "\n")
                        .collect(Collectors.joining());
    }

    private static String folder(String unit) {
        return unit + ".d/";
    }

    private static boolean isApart(ServiceDeclaration.Front front) {
        // [::] takes IPv4 as well (ipv6(7)), and then nobody else can have that port of 0.0.0.0 or 127.0.0.1.
        return front.listen().stream()
                .filter(ListenAddress::isAnyIpv6)
                .anyMatch(any -> front.listen().stream()
                        .anyMatch(other -> other.isIpv4()
                                && other.isUdp() == any.isUdp()
                                && other.port().equals(any.port())));
    }

    /** What systemd binds, a directive each: the addresses, those of both families one by one where they must be apart. */
    static List<String> sockets(ServiceDeclaration.Front front) {
        boolean apart = isApart(front);
        return front.listen().stream()
                .flatMap(address -> listen(address, apart))
                .toList();
    }

    private static String socket(ServiceDeclaration.Front front) {
        boolean udp = front.listen().stream().anyMatch(ListenAddress::isUdp);
        return "[Socket]\n" + (isApart(front) ? "BindIPv6Only=ipv6-only\n" : "")
                + sockets(front).stream().collect(Collectors.joining())
                + (udp ? DATAGRAMS : "")
                + front.access().directives();
    }

    private static Stream<String> listen(ListenAddress address, boolean apart) {
        String directive = address.isUdp() ? "ListenDatagram=" : "ListenStream=";
        return (apart ? address.families() : List.of(address.address()))
                .stream().map(text -> directive + text + "\n");
    }

    private static String proxy(ServiceDeclaration service) {
        // The socket: started by hand the proxy needs it to listen, too.
        StringBuilder text = new StringBuilder(unit(List.of(ServiceNames.socketUnit(service.name()))));
        // A client wakes nothing before the activator has seen who it is.
        if (service.paused() || !service.edge().filter().isEmpty()) {
            return text.toString();
        }
        if (service.bonds().after().isEmpty()) {
            text.append(wants(ServiceNames.containerUnit(service.target().container())));
        } else {
            // The activator starts the container when these are ready.
            service.bonds().after().forEach(other -> text.append(wants(ServiceNames.proxyUnit(other))));
        }
        service.bonds().group().ifPresent(group -> text.append(wants(ServiceNames.groupUnit(group))));
        return text.toString();
    }

    private static String unit(List<String> wanted) {
        return "[Unit]\n" + wanted.stream().map(DropIns::wants).collect(Collectors.joining());
    }

    private static String wants(String unit) {
        return "Wants=" + unit + "\n";
    }
}
