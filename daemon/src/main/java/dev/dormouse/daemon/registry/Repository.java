package dev.dormouse.daemon.registry;

import dev.dormouse.daemon.error.EngineException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where images of one name are.
 *
 * @param domain the registry's host, with its port if it has one, as image names write it
 * @param path within the registry
 * @param familiar as users write it
 */
public record Repository(String domain, String path, String familiar) {
    private static final String HUB = "docker.io";
    private static final String HUB_HOST = "registry-1.docker.io";
    private static final Pattern HOST = Pattern.compile(
            "(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,252}[a-zA-Z0-9])?|\\[[a-fA-F0-9:]{2,39}])(?::[0-9]{1,5})?");
    private static final Pattern PORT = Pattern.compile("[^:\\[]:(?<port>[0-9]{1,5})$");
    private static final int LAST_PORT = 65_535;
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]+)?");

    public Repository {
        if (!HOST.matcher(domain).matches() || port(domain) > LAST_PORT) {
            throw new EngineException.InvalidParameter("registry: '" + Quoted.of(domain) + "' is not host[:port]");
        }
    }

    /**
     * The registry that {@code docker login} means.
     *
     * @param address a host, or a URL of it; empty: Docker Hub
     * @throws EngineException.InvalidParameter if it is neither
     */
    static Repository allOf(String address) {
        String host = address.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        boolean hub = host.isEmpty() || host.equals("index.docker.io") || host.equals(HUB_HOST);
        String domain = hub ? HUB : host;
        return new Repository(domain, "", domain);
    }

    /** Whether a host, with its port if it has one, is this machine by its very name. */
    static boolean isLoopback(String authority) {
        return LOOPBACK.matcher(authority).matches();
    }

    /**
     * Where its registry answers. A registry of this machine is asked by plain HTTP, as dockerd does for localhost, 127.0.0.0/8 and ::1
     * (moby, registry/config.go, "insecure registries"); nobody else's.
     */
    URI endpoint() {
        if (domain.equals(HUB)) {
            return URI.create("https://" + HUB_HOST);
        }
        return URI.create((isLoopback(domain) ? "http://" : "https://") + domain);
    }

    URI manifest(String tagOrDigest) {
        return at("manifests/" + tagOrDigest);
    }

    URI blob(Digest digest) {
        return at("blobs/" + digest);
    }

    private URI at(String rest) {
        return URI.create(endpoint() + "/v2/" + path + "/" + rest);
    }

    private static int port(String domain) {
        Matcher port = PORT.matcher(domain);
        return port.find() ? Integer.parseInt(port.group("port")) : 0;
    }
}
