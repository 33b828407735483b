package dev.dormouse.daemon.image;

import dev.dormouse.daemon.registry.Credentials;
import dev.dormouse.daemon.registry.Platform;
import java.util.Optional;

/**
 * What a client wants to have from a registry.
 *
 * @param image a name, with or without tag or digest
 * @param tag a tag or a digest that counts instead of the name's; empty: the name's own
 * @param platform absent: this machine's
 */
public record PullRequest(String image, String tag, Optional<Platform> platform, Credentials credentials) {}
