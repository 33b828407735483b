@NullMarked
package dev.dormouse.daemon.fault;

import org.jspecify.annotations.NullMarked;
