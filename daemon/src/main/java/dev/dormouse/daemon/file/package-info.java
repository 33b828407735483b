/** Files that survive a crash. */
@NullMarked
package dev.dormouse.daemon.file;

import org.jspecify.annotations.NullMarked;
