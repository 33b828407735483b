@NullMarked
package dev.dormouse.proxy;

import org.jspecify.annotations.NullMarked;
