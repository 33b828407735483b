@NullMarked
package dev.dormouse.units;

import org.jspecify.annotations.NullMarked;
