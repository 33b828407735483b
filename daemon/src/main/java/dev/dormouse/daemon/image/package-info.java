/** Images: import, load, tag, inspect, remove; their layers on disk. */
@NullMarked
package dev.dormouse.daemon.image;

import org.jspecify.annotations.NullMarked;
