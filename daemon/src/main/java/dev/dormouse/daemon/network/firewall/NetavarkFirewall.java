package dev.dormouse.daemon.network.firewall;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.network.NetavarkOptions;
import dev.dormouse.daemon.process.Program;
import dev.dormouse.daemon.process.Result;
import dev.dormouse.daemon.spec.PublishedPort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** netavark's rules; the script {@code network-rules} makes them again, and says how. */
public final class NetavarkFirewall implements Firewall {
    private static final Logger LOG = LoggerFactory.getLogger(NetavarkFirewall.class);
    private static final List<List<String>> LISTINGS =
            List.of(List.of("nft", "list", "ruleset"), List.of("iptables-save"));
    /** A firewall of ten thousand rules is a megabyte. */
    private static final int LONGEST = 64 << 20;

    private final Path run;
    private final Path script;

    /**
     * @param run {@code /run/dormouse}
     * @param scripts the folder of {@code network-rules}
     */
    public NetavarkFirewall(Path run, Path scripts) {
        this.run = run;
        this.script = scripts.resolve("network-rules");
    }

    @Override
    public Optional<FirewallRules> rules() {
        List<String> lines = new ArrayList<>();
        boolean told = false;
        for (List<String> listing : LISTINGS) {
            Optional<String> text = list(listing);
            told |= text.isPresent();
            text.stream().flatMap(String::lines).map(String::strip).forEach(lines::add);
        }
        return told ? Optional.of(new FirewallRules(lines)) : Optional.empty();
    }

    @Override
    public void restore(LiveSandbox sandbox, List<PublishedPort> ports) {
        String options = NetavarkOptions.of(
                        sandbox.id(), sandbox.name(), List.of(), sandbox.attachments(), ports, List.of())
                .withoutNames()
                .json();
        Program.of(script.toString(), sandbox.id().value())
                .with("DORMOUSE_RUN", run.toString())
                .withInput(Program.Input.of(options.getBytes(StandardCharsets.UTF_8)))
                .runOrThrow();
    }

    /** Either program may be missing: netavark uses one of them. */
    private static Optional<String> list(List<String> command) {
        try {
            Result result = Program.of(command).withOutputLimit(LONGEST).run();
            if (result.exit() == 0) {
                return Optional.of(result.text());
            }
            LOG.debug("{}", result.failure().getMessage());
        } catch (EngineException e) {
            LOG.debug("{}", e.getMessage());
        }
        return Optional.empty();
    }
}
