/** Tests under a booted systemd, with real containers and real clients; and the test of the module arrows. */
@NullMarked
package dev.dormouse.integration;

import org.jspecify.annotations.NullMarked;
