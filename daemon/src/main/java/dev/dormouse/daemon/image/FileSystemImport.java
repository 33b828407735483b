package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code docker import}: makes an image of one layer from a file system's tar. */
final class FileSystemImport {
    private final ImageShelf shelf;
    private final String architecture;
    private final InstantSource clock;

    FileSystemImport(ImageShelf shelf, String architecture, InstantSource clock) {
        this.shelf = shelf;
        this.architecture = architecture;
        this.clock = clock;
    }

    StoredImage importTar(Spool spool, Optional<ImageReference> name, OciConfig.Container config, String message) {
        if (spool.isEmpty()) {
            throw new EngineException.InvalidParameter("the archive is empty: send a file system's tar");
        }
        String now = clock.instant().toString();
        return shelf.add(name.stream().toList(), assembly -> {
            String diffId = assembly.add(output -> spool.stream().transferTo(output));
            OciConfig configuration = new OciConfig(
                    now,
                    null,
                    architecture,
                    "linux",
                    message,
                    config,
                    new OciConfig.RootFs("layers", List.of(diffId)),
                    List.of(new OciConfig.History(now, null, null, message, false)));
            return StoredImage.of(ImageJson.MAPPER.writeValueAsString(configuration), assembly.layers());
        });
    }
}
