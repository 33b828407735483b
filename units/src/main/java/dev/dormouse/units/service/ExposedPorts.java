package dev.dormouse.units.service;

import java.util.List;
import java.util.stream.Stream;

/**
 * The ports that an image or a container says it has: EXPOSE.
 *
 * @param tcp ascending
 * @param udp ascending
 */
public record ExposedPorts(List<Integer> tcp, List<Integer> udp) {
    public ExposedPorts {
        tcp = List.copyOf(tcp);
        udp = List.copyOf(udp);
    }

    /** Those that addresses may mean, ascending: of the same protocol; for addresses of both, of both if there are such. */
    public List<Integer> meantBy(List<ListenAddress> listen) {
        boolean streams = listen.stream().anyMatch(address -> !address.isUdp());
        boolean datagrams = listen.stream().anyMatch(ListenAddress::isUdp);
        if (!streams || !datagrams) {
            return datagrams ? udp : tcp;
        }
        List<Integer> both = tcp.stream().filter(udp::contains).toList();
        return both.isEmpty()
                ? Stream.concat(tcp.stream(), udp.stream()).distinct().sorted().toList()
                : both;
    }

    /** What they are, for people. */
    public static String kind(List<ListenAddress> listen) {
        if (listen.stream().noneMatch(ListenAddress::isUdp)) {
            return "TCP port";
        }
        return listen.stream().allMatch(ListenAddress::isUdp) ? "UDP port" : "port";
    }
}
