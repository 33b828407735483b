@NullMarked
package dev.dormouse.daemon;

import org.jspecify.annotations.NullMarked;
