package dev.dormouse.daemon.api;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.Image;
import dev.dormouse.daemon.registry.Platform;

/** {@code docker create --platform}: the image must be of it. */
final class ImagePlatform {
    private ImagePlatform() {}

    /**
     * Compares system and architecture; an image does not keep the variant.
     *
     * @throws EngineException.NotFound if it is of another: clients then pull the right one
     * @throws EngineException.InvalidParameter if that is no platform
     */
    static void require(String wanted, Image image) {
        Platform platform = Platform.parse(wanted);
        Platform actual = new Platform(image.os(), image.architecture(), "");
        if (!platform.os().equals(actual.os()) || !platform.architecture().equals(actual.architecture())) {
            throw new EngineException.NotFound("image " + image.id() + " was found but its platform (" + actual
                    + ") does not match the specified platform (" + platform + ")");
        }
    }
}
