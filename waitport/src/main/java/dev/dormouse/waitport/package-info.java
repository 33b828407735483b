@NullMarked
package dev.dormouse.waitport;

import org.jspecify.annotations.NullMarked;
