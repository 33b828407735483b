@NullMarked
package dev.dormouse.activator;

import org.jspecify.annotations.NullMarked;
