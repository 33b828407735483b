/** Descriptors that systemd passed to this process (sd_listen_fds(3)). */
@NullMarked
package dev.dormouse.units.descriptor;

import org.jspecify.annotations.NullMarked;
