@NullMarked
package dev.dormouse.daemon.api;

import org.jspecify.annotations.NullMarked;
