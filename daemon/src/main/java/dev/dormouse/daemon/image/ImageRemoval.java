package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code docker rmi}: what goes, what stays and what is refused, by Docker's rules (moby, daemon/images/image_delete.go). */
final class ImageRemoval {
    private static final int SHORT_ID = 12;

    private final ImageShelf.Change shelf;
    private final List<ImageId> inUse;
    private final List<Images.Removal> removals = new ArrayList<>();

    ImageRemoval(ImageShelf.Change shelf, List<ImageId> inUse) {
        this.shelf = shelf;
        this.inUse = inUse;
    }

    List<Images.Removal> remove(String reference, boolean force) {
        Optional<BrokenImage> broken = shelf.broken(reference);
        if (broken.isPresent()) {
            removeBroken(broken.get());
            return List.copyOf(removals);
        }
        StoredImage image = shelf.catalogue().find(reference);
        List<ImageReference> names = shelf.catalogue().namesOf(image.id());
        if (isIdOf(image, reference)) {
            removeImage(image, names, force);
        } else {
            removeName(image, ImageReference.parse(reference), names, reference, force);
        }
        return List.copyOf(removals);
    }

    private void removeBroken(BrokenImage image) {
        if (inUse.contains(image.id())) {
            throw new EngineException.Conflict(
                    "conflict: unable to delete " + image.id().hex().substring(0, SHORT_ID)
                            + " (cannot be forced) - image is being used by a container; remove the container first");
        }
        shelf.remove(image);
        image.names().forEach(name -> removals.add(new Images.Removal.Untagged(name)));
        removals.add(new Images.Removal.Deleted(image.id().toString()));
    }

    private void removeName(
            StoredImage image, ImageReference name, List<ImageReference> names, String reference, boolean force) {
        boolean last = isOfOneName(names);
        boolean used = inUse.contains(image.id());
        if (last && used && !force) {
            throw new EngineException.Conflict("conflict: unable to remove repository reference \"" + reference
                    + "\" (must force) - a container is using its referenced image " + abbreviated(image));
        }
        ImageReference removed = name.digest().map(name::withDigest).orElse(name);
        Set<ImageReference> gone = new LinkedHashSet<>(List.of(removed));
        names.stream().filter(other -> goesWith(other, removed, names)).forEach(gone::add);
        gone.forEach(other -> removals.add(new Images.Removal.Untagged(other.familiar())));
        if (gone.containsAll(names) && !used) {
            delete(image);
        } else {
            shelf.unname(gone);
        }
    }

    /** The digests of a repository go with its last tag. */
    private static boolean goesWith(ImageReference other, ImageReference removed, List<ImageReference> names) {
        boolean tagsLeft = names.stream()
                .anyMatch(name -> name.digest().isEmpty()
                        && !name.equals(removed)
                        && name.repository().equals(removed.repository()));
        return removed.digest().isEmpty()
                && !tagsLeft
                && other.digest().isPresent()
                && other.repository().equals(removed.repository());
    }

    /** One tag, and digests, of one repository (moby, isSingleReference). */
    private static boolean isOfOneName(List<ImageReference> names) {
        long tags = names.stream().filter(name -> name.digest().isEmpty()).count();
        long repositories =
                names.stream().map(ImageReference::repository).distinct().count();
        return tags <= 1 && repositories == 1;
    }

    private void removeImage(StoredImage image, List<ImageReference> names, boolean force) {
        if (inUse.contains(image.id())) {
            throw new EngineException.Conflict("conflict: unable to delete " + abbreviated(image)
                    + " (cannot be forced) - image is being used by a container; remove the container first");
        }
        if (names.size() > 1 && !isOfOneName(names) && !force) {
            throw new EngineException.Conflict("conflict: unable to delete " + abbreviated(image)
                    + " (must be forced) - image is referenced in multiple repositories");
        }
        names.forEach(name -> removals.add(new Images.Removal.Untagged(name.familiar())));
        delete(image);
    }

    private void delete(StoredImage image) {
        List<String> layers = shelf.remove(image);
        removals.add(new Images.Removal.Deleted(image.id().toString()));
        layers.forEach(chainId -> removals.add(new Images.Removal.Deleted(chainId)));
    }

    private static boolean isIdOf(StoredImage image, String reference) {
        return image.id().toString().startsWith(reference) || image.id().hex().startsWith(reference);
    }

    private static String abbreviated(StoredImage image) {
        return image.id().hex().substring(0, SHORT_ID);
    }
}
