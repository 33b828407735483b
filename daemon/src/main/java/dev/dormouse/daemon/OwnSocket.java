package dev.dormouse.daemon;

import dev.dormouse.daemon.config.ConfigException;
import dev.dormouse.daemon.config.DaemonConfig;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A unix socket that the engine makes itself: before it is bound, and after. */
final class OwnSocket {
    private static final Logger LOG = LoggerFactory.getLogger(OwnSocket.class);

    private OwnSocket() {}

    /**
     * Removes a socket that nobody listens on any more, and makes the folder.
     *
     * @throws ConfigException if somebody listens, or what is there is no socket
     */
    static void makeWay(Path path) {
        try {
            Path folder = path.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            if (!isSocket(path)) {
                throw new ConfigException(
                        "--host unix://" + path + ": is there already and no socket; remove it or name another path");
            }
            if (answers(path)) {
                throw new ConfigException(
                        "--host unix://" + path + ": another process listens there; stop it or name another path");
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new ConfigException("--host unix://" + path + ": cannot be made: " + e.getMessage());
        }
    }

    /** A stale socket may go; nothing else is ever removed. */
    private static boolean isSocket(Path path) throws IOException {
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        // S_IFMT and S_IFSOCK, inode(7)
        return (mode & 0170000) == 0140000;
    }

    private static boolean answers(Path path) {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return true;
        } catch (IOException _) {
            // Refused: a socket whose listener is gone.
            return false;
        }
    }

    /**
     * Opens a bound socket to its group. Until then only root gets through: connecting takes write permission (unix(7)), which the usual
     * umask gives to nobody else.
     *
     * @param group absent: {@link DaemonConfig#GROUP}, if there is such a group
     */
    static void share(Path path, Optional<String> group) {
        try {
            Optional<GroupPrincipal> owner = find(path, group);
            PosixFileAttributeView attributes = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            if (owner.isPresent()) {
                attributes.setGroup(owner.get());
            }
            attributes.setPermissions(PosixFilePermissions.fromString("rw-rw----"));
        } catch (IOException e) {
            throw new ConfigException("--host unix://" + path + ": its owner or mode cannot be set: " + e.getMessage());
        }
    }

    private static Optional<GroupPrincipal> find(Path path, Optional<String> group) throws IOException {
        String name = group.orElse(DaemonConfig.GROUP);
        try {
            return Optional.of(
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name));
        } catch (UserPrincipalNotFoundException _) {
            if (group.isPresent()) {
                throw new ConfigException(
                        "--group " + name + ": no such group; make it with groupadd --system " + name);
            }
            LOG.warn("no group {}: only root reaches {}", name, path);
            return Optional.empty();
        }
    }
}
