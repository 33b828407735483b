package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** {@code docker load}: puts the images of an archive on the shelf. */
final class ImageArchive {
    private final ImageShelf shelf;
    private final String architecture;

    ImageArchive(ImageShelf shelf, String architecture) {
        this.shelf = shelf;
        this.architecture = architecture;
    }

    /** In the archive's order; those before one that fails stay. */
    List<StoredImage> load(Spool spool) {
        try (TarArchive archive = TarArchive.of(spool.channel())) {
            List<StoredImage> loaded = new ArrayList<>();
            for (ArchivedImage image : images(archive)) {
                loaded.add(load(archive, image));
            }
            if (loaded.isEmpty()) {
                throw new EngineException.InvalidParameter("the archive has no image in it");
            }
            return loaded;
        }
    }

    private List<ArchivedImage> images(TarArchive archive) {
        if (archive.has(DockerArchive.MANIFEST)) {
            return DockerArchive.images(archive);
        }
        if (archive.has(OciLayout.INDEX)) {
            return OciLayout.images(archive, architecture);
        }
        throw new EngineException.InvalidParameter("the archive is neither docker save's (it has no "
                + DockerArchive.MANIFEST + ") nor an OCI image layout (it has no " + OciLayout.INDEX
                + "); a file system's tar is for docker import");
    }

    private StoredImage load(TarArchive archive, ArchivedImage image) {
        List<String> diffIds = ImageDescription.parse(image.configuration()).diffIds();
        if (diffIds.size() != image.layers().size()) {
            throw new EngineException.InvalidParameter("invalid manifest, layers length mismatch: expected "
                    + diffIds.size() + ", got " + image.layers().size());
        }
        Blobs blobs = new Blobs(archive);
        image.layers().forEach(blobs::check);
        return shelf.add(image.names(), assembly -> {
            for (int i = 0; i < diffIds.size(); i++) {
                String file = image.layers().get(i).file();
                assembly.add(diffIds.get(i), output -> {
                    try (InputStream layer = archive.open(file)) {
                        layer.transferTo(output);
                    }
                });
            }
            return StoredImage.of(image.configuration(), assembly.layers());
        });
    }
}
