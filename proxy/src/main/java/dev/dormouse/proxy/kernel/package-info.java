/** The Linux system calls of the data plane, called in libc through java.lang.foreign. */
@NullMarked
package dev.dormouse.proxy.kernel;

import org.jspecify.annotations.NullMarked;
