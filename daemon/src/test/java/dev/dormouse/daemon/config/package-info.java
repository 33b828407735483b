@NullMarked
package dev.dormouse.daemon.config;

import org.jspecify.annotations.NullMarked;
