/** Addresses as people read them. */
@NullMarked
package dev.dormouse.units.address;

import org.jspecify.annotations.NullMarked;
