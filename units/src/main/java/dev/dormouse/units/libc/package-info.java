/**
 * The few calls of the C library that the JDK has no way to make, through java.lang.foreign. The constants are those of Linux on
 * x86-64, aarch64 and riscv64 (include/uapi/asm-generic).
 */
@NullMarked
package dev.dormouse.units.libc;

import org.jspecify.annotations.NullMarked;
