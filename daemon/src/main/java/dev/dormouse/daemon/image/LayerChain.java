package dev.dormouse.daemon.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Chain ids: what a layer is together with all below it (OCI image specification, config.md, "Layer ChainID"). Two images whose
 * layers have the same chain id can share the layer on disk.
 */
final class LayerChain {
    private LayerChain() {}

    /** The chain id of every layer, base first. */
    static List<String> of(List<String> diffIds) {
        List<String> chain = new ArrayList<>(diffIds.size());
        for (String diffId : diffIds) {
            chain.add(chain.isEmpty() ? diffId : next(chain.getLast(), diffId));
        }
        return List.copyOf(chain);
    }

    private static String next(String parent, String diffId) {
        return Sha256.of((parent + " " + diffId).getBytes(StandardCharsets.UTF_8));
    }
}
