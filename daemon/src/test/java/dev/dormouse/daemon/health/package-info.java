@NullMarked
package dev.dormouse.daemon.health;

import org.jspecify.annotations.NullMarked;
