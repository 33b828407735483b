/** Places at which a test can make this engine fail. */
@NullMarked
package dev.dormouse.daemon.fault;

import org.jspecify.annotations.NullMarked;
