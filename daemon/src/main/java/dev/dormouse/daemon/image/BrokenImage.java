package dev.dormouse.daemon.image;

import java.util.List;

/**
 * An image whose record cannot be used. It is kept as it is, with its names and layers, so that it can be mended by hand; it can be
 * removed by its id.
 *
 * @param names in full
 * @param error what is wrong with it
 */
public record BrokenImage(ImageId id, List<String> names, String error) {}
