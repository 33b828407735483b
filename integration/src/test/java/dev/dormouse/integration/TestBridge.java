package dev.dormouse.integration;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.runtime.NetworkFiles;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A bridge of the tests' own. */
final class TestBridge implements NetworkFiles {
    private final AtomicInteger last = new AtomicInteger(1);

    @Override
    public String hosts(ContainerRecord container) {
        return "127.0.0.1\tlocalhost\n";
    }

    @Override
    public String resolvConf(ContainerRecord container) {
        return "nameserver 192.0.2.1\n";
    }

    @Override
    public Optional<String> netavarkOptions(ContainerRecord container) {
        if (!container.hostConfig().networkMode().isBridged()) {
            return Optional.empty();
        }
        // The scripts read one line.
        String options =
                """
                {"container_id": "%s", "container_name": "%s",
                 "networks": {"test": {"static_ips": ["172.31.255.%d"], "interface_name": "eth0"}},
                 "network_info": {"test": {"name": "test", "id": "%s", "driver": "bridge", "network_interface": "dormouse-test",
                  "subnets": [{"subnet": "172.31.255.0/24", "gateway": "172.31.255.1"}], "ipv6_enabled": false, "internal": false,
                  "dns_enabled": false, "ipam_options": {"driver": "host-local"}}}}
                """.formatted(container.id(), container.name(), 2 + last.incrementAndGet() % 200, "ab".repeat(32));
        return Optional.of(options.replace("\n", "") + "\n");
    }
}
