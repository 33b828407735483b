/** Starts, stops and looks at units over D-Bus (org.freedesktop.systemd1(5)). */
@NullMarked
package dev.dormouse.units.manager;

import org.jspecify.annotations.NullMarked;
