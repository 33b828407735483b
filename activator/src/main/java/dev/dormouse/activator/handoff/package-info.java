/** Takes listening sockets over from systemd's services, and gives them back. */
@NullMarked
package dev.dormouse.activator.handoff;

import org.jspecify.annotations.NullMarked;
