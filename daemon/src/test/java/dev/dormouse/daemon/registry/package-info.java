@NullMarked
package dev.dormouse.daemon.registry;

import org.jspecify.annotations.NullMarked;
