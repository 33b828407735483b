@NullMarked
package dev.dormouse.daemon.api.wire;

import org.jspecify.annotations.NullMarked;
