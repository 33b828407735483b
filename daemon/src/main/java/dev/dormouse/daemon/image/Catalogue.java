package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which images there are and what they are called, at one moment. Immutable: every change makes another. */
record Catalogue(Map<ImageId, StoredImage> images, SortedMap<ImageReference, ImageId> names) {
    private static final Pattern FULL_ID = Pattern.compile("(?:sha256:)?[0-9a-f]{64}");
    private static final Pattern ID_PREFIX = Pattern.compile("(?:sha256:)?[0-9a-f]{1,64}");

    Catalogue {
        images = Map.copyOf(images);
        names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
    }

    static Catalogue empty() {
        return new Catalogue(Map.of(), new TreeMap<>());
    }

    /**
     * The image that a client means: by full id, else by name, else by the start of its id.
     *
     * @throws EngineException.NotFound with Docker's text
     * @throws EngineException.InvalidParameter if it is neither name nor id, or the start of several ids
     */
    StoredImage find(String reference) {
        if (FULL_ID.matcher(reference).matches()) {
            return Optional.ofNullable(images.get(new ImageId(digits(reference))))
                    .orElseThrow(() -> none(reference));
        }
        if (reference.startsWith("sha256:") && ID_PREFIX.matcher(reference).matches()) {
            return byPrefix(reference).orElseThrow(() -> none(reference));
        }
        ImageReference name = ImageReference.parse(reference);
        // Of tag and digest the digest counts (moby, reference store, Get).
        ImageId named = names.get(name.digest().map(name::withDigest).orElse(name));
        if (named != null) {
            return byId(named);
        }
        return byPrefix(reference).orElseThrow(() -> none(name.familiar()));
    }

    /** By the id of an image that is there. */
    StoredImage byId(ImageId id) {
        return Optional.ofNullable(images.get(id)).orElseThrow(() -> none(id.toString()));
    }

    /** Whether this image has this name. */
    boolean isNamed(ImageReference name, ImageId id) {
        return id.equals(names.get(name));
    }

    /** The names of an image, sorted. */
    List<ImageReference> namesOf(ImageId id) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(id))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** As callers see it. */
    Image described(StoredImage image) {
        List<ImageReference> all = namesOf(image.id());
        return image.named(
                familiar(all.stream().filter(name -> name.digest().isEmpty())),
                familiar(all.stream().filter(name -> name.digest().isPresent())));
    }

    private static List<String> familiar(Stream<ImageReference> names) {
        return names.map(ImageReference::familiar).sorted().toList();
    }

    /** With one more image, or the same again, that has these names beside those it had; others lose them. */
    Catalogue with(StoredImage image, Collection<ImageReference> newNames) {
        Map<ImageId, StoredImage> more = new HashMap<>(images);
        more.put(image.id(), image);
        SortedMap<ImageReference, ImageId> moreNames = new TreeMap<>(names);
        newNames.forEach(name -> moreNames.put(name, image.id()));
        return new Catalogue(more, moreNames);
    }

    Catalogue withoutNames(Collection<ImageReference> gone) {
        SortedMap<ImageReference, ImageId> fewer = new TreeMap<>(names);
        fewer.keySet().removeAll(gone);
        return new Catalogue(images, fewer);
    }

    /** Without an image and its names. */
    Catalogue without(ImageId id) {
        Map<ImageId, StoredImage> fewer = new HashMap<>(images);
        fewer.remove(id);
        SortedMap<ImageReference, ImageId> fewerNames = new TreeMap<>(names);
        fewerNames.values().removeIf(id::equals);
        return new Catalogue(fewer, fewerNames);
    }

    /** The layers that images are made of, by chain id: what a new image can share. */
    Map<String, StoredImage.StoredLayer> layersByChain() {
        Map<String, StoredImage.StoredLayer> layers = new HashMap<>();
        for (StoredImage image : images.values()) {
            List<String> chain = LayerChain.of(image.description().diffIds());
            for (int i = 0; i < chain.size(); i++) {
                layers.put(chain.get(i), image.layers().get(i));
            }
        }
        return layers;
    }

    /** The ids of the layers that images are made of. */
    Set<String> layerIds() {
        Set<String> ids = new HashSet<>();
        images.values().forEach(image -> ids.addAll(image.layerIds()));
        return ids;
    }

    private Optional<StoredImage> byPrefix(String reference) {
        if (!ID_PREFIX.matcher(reference).matches()) {
            return Optional.empty();
        }
        List<StoredImage> matches = new ArrayList<>();
        for (StoredImage image : images.values()) {
            if (image.id().hex().startsWith(digits(reference))) {
                matches.add(image);
            }
        }
        if (matches.size() > 1) {
            throw new EngineException.InvalidParameter(
                    "ambiguous image id: " + matches.size() + " images start with " + reference + "; give more digits");
        }
        return matches.stream().findFirst();
    }

    private static String digits(String reference) {
        return reference.startsWith("sha256:") ? reference.substring("sha256:".length()) : reference;
    }

    private static EngineException none(String reference) {
        return new EngineException.NotFound("No such image: " + reference);
    }
}
