/** What this process says on standard error, in the form that the journal takes (sd-daemon(3)). */
@NullMarked
package dev.dormouse.units.journal;

import org.jspecify.annotations.NullMarked;
