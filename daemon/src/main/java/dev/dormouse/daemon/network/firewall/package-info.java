/** The rules by which published ports reach live containers: whether they are there, and how they come back. */
@NullMarked
package dev.dormouse.daemon.network.firewall;

import org.jspecify.annotations.NullMarked;
